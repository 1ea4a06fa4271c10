package dev.codingplans.plugin;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.codingplans.gateway.spi.entitlement.Secret;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;

@AnalyzeClasses(
    packages = "dev.codingplans.plugin",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String[] LOWEST = {
    "..plugin.vault..",
    "..plugin.audit..",
    "..plugin.event..",
    "..plugin.time..",
    "..plugin.idempotency.."
  };

  /** Each package uses only those below it; refusal, settings and database serve all. */
  @ArchTest
  static final ArchRule ARROWS =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("plugin")
          .definedBy("dev.codingplans.plugin")
          .layer("cli")
          .definedBy("..plugin.cli..")
          .layer("http")
          .definedBy("..plugin.http..")
          .layer("entitlement")
          .definedBy("..plugin.entitlement..")
          .layer("admin")
          .definedBy(
              "dev.codingplans.plugin.admin..",
              "..plugin.account..",
              "..plugin.payment..",
              "..plugin.statement..")
          .layer("billing")
          .definedBy(
              "..plugin.billing..", "..plugin.quota..", "..plugin.usage..", "..plugin.window..")
          .layer("subscription")
          .definedBy("..plugin.subscription..")
          .layer("keys")
          .definedBy("..plugin.byok..", "..plugin.credential..")
          .layer("parts")
          .definedBy("..plugin.credit..", "..plugin.catalog..", "..plugin.provider..")
          .layer("lowest")
          .definedBy(LOWEST)
          .layer("ground")
          .definedBy("..plugin.refusal..", "..plugin.settings..", "..plugin.database..")
          .whereLayer("plugin")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("cli")
          .mayOnlyBeAccessedByLayers("plugin")
          .whereLayer("http")
          .mayOnlyBeAccessedByLayers("plugin")
          .whereLayer("entitlement")
          .mayOnlyBeAccessedByLayers("plugin")
          .whereLayer("admin")
          .mayOnlyBeAccessedByLayers("plugin", "http")
          .whereLayer("billing")
          .mayOnlyBeAccessedByLayers("plugin", "http", "admin")
          .whereLayer("subscription")
          .mayOnlyBeAccessedByLayers("plugin", "http", "admin", "billing")
          .whereLayer("keys")
          .mayOnlyBeAccessedByLayers("plugin", "http", "admin", "billing", "subscription")
          .whereLayer("parts")
          .mayOnlyBeAccessedByLayers("plugin", "http", "admin", "billing", "subscription", "keys");

  /** It runs outside any host: without the contract, and without starting anything. */
  @ArchTest
  static final ArchRule COMMANDS_START_NOTHING =
      noClasses()
          .that()
          .resideInAPackage("..plugin.cli..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("dev.codingplans..", "io.micronaut..")
                  .and(not(resideInAnyPackage("..plugin.cli..", "..plugin.vault"))));

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("dev.codingplans.plugin.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule NO_WEB_BELOW_HTTP =
      noClasses()
          .that(not(resideInAPackage("..plugin.http..")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.micronaut.http..", "io.netty..");

  @ArchTest
  static final ArchRule TIME_COMES_FROM_ONE_SOURCE =
      noClasses()
          .that(not(resideInAPackage("..plugin.time..")))
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(Clock.class, "systemDefaultZone")
          .orShould()
          .callMethod(System.class, "currentTimeMillis");

  /**
   * Key text leaves a Secret only to be encrypted, checked, used to sign, sent to its provider,
   * handed to the database driver, or, a new key of the gateway's, shown to its user once.
   */
  @ArchTest
  static final ArchRule SECRETS_STAY_SECRET =
      noClasses()
          .that(
              not(
                  resideInAnyPackage(
                      "..plugin.vault..",
                      "..plugin.byok..",
                      "..plugin.credential..",
                      "..plugin.database..",
                      "..plugin.event.delivery..",
                      "..plugin.http.pages.keys",
                      "..plugin.payment..",
                      "..plugin.provider..",
                      "dev.codingplans.plugin")))
          .should()
          .callMethod(Secret.class, "reveal")
          .orShould()
          .callMethod(Secret.class, "revealBytes");

  @ArchTest
  static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS =
      noClasses().should().haveNameMatching(".*(Manager|Helper|Utils?|Impl|Data|Info)");

  @ArchTest
  static final ArchRule NO_FLOATING_MONEY =
      noClasses().should().dependOnClassesThat().belongToAnyOf(Float.class, Double.class);

  @ArchTest
  static final ArchRule CONTROLLERS_ARE_PACKAGE_PRIVATE =
      classes().that().haveSimpleNameEndingWith("Controller").should().bePackagePrivate();

  @ArchTest
  static final ArchRule REPOSITORIES_ARE_PACKAGE_PRIVATE =
      classes().that().haveSimpleNameEndingWith("Repository").should().bePackagePrivate();
}
