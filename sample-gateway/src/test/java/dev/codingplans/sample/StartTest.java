package dev.codingplans.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.codingplans.gateway.spi.InvalidSettingsException;
import dev.codingplans.sample.payments.FakePayments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The start")
class StartTest {

  @TempDir private Path folder;

  @Test
  @DisplayName("lists every fault of the host and the plugin at once")
  void listsEveryFault() throws Exception {
    StubPluginJar.writeTo(folder);
    var settings = Given.settings(folder);
    settings.putAll(
        Map.of(
            "gateway.port", "80800",
            "gateway.nonsense", "1",
            "gateway.kyc-for", "everything",
            "jwt.secret", "short",
            "minimax.base-url", "https://x?y=z",
            "gateway.host", "no.such.host.invalid",
            "coding-plans.grace", "nonsense",
            "database.url", "jdbc:postgresql://no.such.host.invalid/none",
            "gateway.secret", "short"));
    settings.put("gateway.api-key-max-outage", "PT0S");
    settings.putAll(Map.of("top-up.url", "http://pay.example/", "top-up.secret", "hunter2"));

    assertThat(reasons(settings))
        .satisfiesExactlyInAnyOrder(
            reason -> assertThat(reason).startsWith("GATEWAY_PORT must"),
            reason -> assertThat(reason).startsWith("GATEWAY_HOST must"),
            reason -> assertThat(reason).startsWith("GATEWAY_NONSENSE is not a setting"),
            reason -> assertThat(reason).startsWith("GATEWAY_KYC_FOR must"),
            reason -> assertThat(reason).startsWith("GATEWAY_API_KEY_MAX_OUTAGE must"),
            reason -> assertThat(reason).startsWith("JWT_SECRET must have 32 bytes"),
            reason -> assertThat(reason).startsWith("MINIMAX_BASE_URL must"),
            reason -> assertThat(reason).startsWith("DATABASE_URL: the database cannot be reached"),
            reason -> assertThat(reason).startsWith("GATEWAY_SECRET must have 32 bytes"),
            reason -> assertThat(reason).startsWith("TOP_UP_URL must begin with https://"),
            reason -> assertThat(reason).startsWith("TOP_UP_SECRET must").doesNotContain("hunter2"),
            reason -> assertThat(reason).startsWith("CODING_PLANS_GRACE must"));
  }

  @Test
  @DisplayName("refuses sample secrets, no secret, and the demo's outside of the demo")
  void refusesSampleSecrets() {
    for (var sample :
        new String[] {
          "pleaseChangeThisSecretForANewOne",
          "changeme-changeme-changeme-changeme",
          "secretsecretsecretsecretsecretsecret",
          "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
          "demo-only-signing-secret-that-everybody-knows"
        }) {
      var settings = Given.settings(folder);
      settings.put("jwt.secret", sample);
      assertThat(reasons(settings))
          .singleElement()
          .asString()
          .startsWith("JWT_SECRET is a sample value")
          .doesNotContain(sample);
    }
    var settings = Given.settings(folder);
    settings.remove("jwt.secret");
    assertThat(reasons(settings)).singleElement().asString().startsWith("JWT_SECRET is required");
  }

  @Test
  @DisplayName("refuses half of what a payment service needs")
  void refusesHalfAPaymentService() {
    for (var half :
        Map.of("top-up.url", "https://pay.example/", "top-up.secret", FakePayments.SECRET)
            .entrySet()) {
      var settings = Given.settings(folder);
      settings.put(half.getKey(), half.getValue());
      assertThat(reasons(settings))
          .singleElement()
          .asString()
          .startsWith("TOP_UP_URL and TOP_UP_SECRET belong together");
    }
  }

  @Test
  @DisplayName("refuses a database that is unreachable or whose URL is none, once and in time")
  void refusesUnreachableDatabases() {
    var settings = Given.settings(folder);
    // Loopback, where nothing listens.
    settings.put("database.url", "jdbc:postgresql://127.0.0.1:9/none");
    settings.put("database.migration-url", "jdbc:postgresql://127.0.0.1:9/other");
    assertThat(reasons(settings))
        .containsExactly(
            "DATABASE_URL: the database cannot be reached or prepared; the log says why.",
            "DATABASE_MIGRATION_URL: the database cannot be reached; the log says why.");

    settings.put("database.url", "jdbc:mysql://127.0.0.1/none?password=hunter2");
    assertThat(reasons(settings))
        .singleElement()
        .asString()
        .startsWith("DATABASE_URL: it must be a URL")
        .doesNotContain("hunter2");
  }

  @Test
  @DisplayName("ignores what Kubernetes injects for services of the same names")
  void ignoresKubernetes() {
    var settings = Given.settings(folder);
    settings.putAll(
        Map.of(
            "gateway.service.host", "10.0.0.1",
            "gateway.service.port.http", "80",
            "gateway.port.8080.tcp.addr", "10.0.0.1",
            "coding.plans.port", "tcp://10.0.0.1:80"));

    try (var gateway = Given.gateway(false, settings)) {
      assertThat(new Client(gateway.address()).get("/health").statusCode()).isEqualTo(200);
    }
  }

  @Test
  @DisplayName("refuses a jar that is no plugin, by name")
  void refusesForeignJars() throws Exception {
    Files.writeString(folder.resolve("other.jar"), "no jar");

    assertThat(reasons(Given.settings(folder))).singleElement().asString().contains("other.jar");
  }

  @Test
  @DisplayName("refuses a plugins folder that does not exist, and settings of a missing plugin")
  void refusesMissingPlugin() {
    var missing = folder.resolve("missing");
    assertThat(reasons(Given.settings(missing)))
        .singleElement()
        .asString()
        .startsWith("GATEWAY_PLUGINS_DIR must")
        .contains(missing.toString());

    var settings = Given.settings(folder);
    settings.put("coding-plans.sweep-interval", "PT1M");
    assertThat(reasons(settings))
        .singleElement()
        .asString()
        .startsWith("CODING_PLANS_SWEEP_INTERVAL is known to no plugin");
  }

  @Test
  @DisplayName("of the demo is refused where others than this machine could log in")
  void refusesPublicDemo() {
    var settings = Given.settings(folder);
    settings.put("gateway.host", "0.0.0.0");

    var failure =
        catchThrowableOfType(StartFailure.class, () -> Given.gateway(true, settings).close());

    assertThat(failure.reasons()).singleElement().asString().startsWith("GATEWAY_HOST must be a");
  }

  @Test
  @DisplayName("names settings that refer to something that is not set")
  void refusesDanglingReferences() {
    var settings = Given.settings(folder);
    settings.put("jwt.secret", "${no.such.setting}");

    var failure =
        catchThrowableOfType(
            InvalidSettingsException.class, () -> Given.gateway(false, settings).close());

    assertThat(failure.faults()).singleElement().asString().startsWith("JWT_SECRET refers");
  }

  @Test
  @DisplayName("ends quietly if the gateway is told to stop meanwhile")
  void isStopped() {
    var gateway = new SampleGateway(false, Given.settings(folder));
    gateway.close();

    assertThatCode(gateway::start).doesNotThrowAnyException();
  }

  @Test
  @DisplayName("says which address is taken")
  void refusesTakenPort() {
    try (var first = Given.gateway(false, Given.settings(folder))) {
      var settings = Given.settings(folder);
      settings.put("gateway.port", Integer.toString(first.address().getPort()));

      assertThat(reasons(settings)).singleElement().asString().contains("GATEWAY_PORT");
    }
  }

  private static java.util.List<String> reasons(Map<String, Object> settings) {
    return catchThrowableOfType(StartFailure.class, () -> Given.gateway(false, settings).close())
        .reasons();
  }
}
