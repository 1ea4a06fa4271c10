package dev.codingplans.plugin.http.audit;

import static com.tngtech.archunit.lang.conditions.ArchConditions.beAnnotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import java.lang.annotation.Annotation;
import java.util.Set;

@AnalyzeClasses(
    packages = "dev.codingplans.plugin.http",
    importOptions = ImportOption.DoNotIncludeTests.class)
class AuditedCallsTest {

  private static final Set<Class<? extends Annotation>> CHANGES =
      Set.of(Post.class, Put.class, Patch.class, Delete.class);

  /** F3: no admin call that changes something can be without its entry in the audit log. */
  @ArchTest
  static final ArchRule EVERY_CHANGE_IS_AUDITED =
      methods()
          .that(
              DescribedPredicate.describe(
                  "let an admin change something", AuditedCallsTest::isChange))
          .should(beAnnotatedWith(Audited.class));

  private static boolean isChange(JavaMethod method) {
    return method
            .getOwner()
            .tryGetAnnotationOfType(Controller.class)
            .filter(controller -> controller.value().startsWith("/admin"))
            .isPresent()
        && CHANGES.stream().anyMatch(method::isAnnotatedWith);
  }
}
