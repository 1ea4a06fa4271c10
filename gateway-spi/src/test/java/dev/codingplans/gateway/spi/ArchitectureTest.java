package dev.codingplans.gateway.spi;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.codingplans.gateway.spi.entitlement.Secret;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(packages = "dev.codingplans.gateway.spi", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule dependsOnTheJdkOnly =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("dev.codingplans.gateway.spi..", "java..", "org.jspecify.annotations")
          .as("The contract depends on the JDK and on JSpecify's annotations only");

  @ArchTest
  static final ArchRule hasNoCycles =
      slices()
          .assignedFrom(new Packages())
          .should()
          .beFreeOfCycles()
          .as("The packages of the contract have no cycles");

  @ArchTest
  static final ArchRule readsNoClock =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class)
          .as("T1 the contract reads no clock");

  @ArchTest
  static final ArchRule comparesSecretsInConstantTime =
      classes()
          .that()
          .areAssignableTo(Secret.class)
          .should()
          .callMethod(MessageDigest.class, "isEqual", byte[].class, byte[].class)
          .as("B2 secrets are compared in constant time");

  private static final class Packages implements SliceAssignment {

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return SliceIdentifier.of(type.getPackageName());
    }

    @Override
    public String getDescription() {
      return "packages";
    }
  }
}
