package dev.codingplans.entitlement;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(packages = "dev.codingplans.entitlement", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule dependsOnTheContractAndCaffeineOnly =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.codingplans.entitlement",
              "dev.codingplans.gateway.spi..",
              "com.github.benmanes.caffeine.cache",
              "org.jspecify.annotations",
              "java.lang..",
              "java.time..",
              "java.util..")
          .as("The request path knows no SQL and no HTTP");

  @ArchTest
  static final ArchRule hasNoTimeOfItsOwn =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class)
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .as("T1 the time of the request path is the store's");
}
