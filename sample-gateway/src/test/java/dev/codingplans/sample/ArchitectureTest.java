package dev.codingplans.sample;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(
    packages = "dev.codingplans.sample",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule HOST_KNOWS_THE_CONTRACT_ONLY =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.codingplans.plugin..", "dev.codingplans.entitlement..");

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("dev.codingplans.sample.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule NOTHING_KNOWS_THE_START =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.codingplans.sample")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.codingplans.sample");

  @ArchTest
  static final ArchRule ONE_SOURCE_OF_TIME =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.codingplans.sample.time")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(Clock.class, "systemDefaultZone");

  @ArchTest
  static final ArchRule ONE_CLASS_WRITES_TO_THE_TERMINAL =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("dev.codingplans.sample.Terminal")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");
}
