package dev.codingplans.plugin.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.codingplans.gateway.spi.InvalidSettingsException;
import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.plugin.CodingPlansPlugin;
import dev.codingplans.plugin.database.DatabaseSettings;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestHost;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.vault.Keyset;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Settings")
class SettingsTest {

  private static final String PAYMENT_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private static final String KEYSET = Keyset.generate().toJson();

  @Test
  @DisplayName("the needed ones suffice, and settings of others are none of the plugin's business")
  void neededOnesSuffice() {
    assertThat(faultsWith(Map.of("JWT_SECRET", "x", "GATEWAY_NONSENSE", "y", "PATH", "/bin")))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"CODING_PLANS_GRACES", "CODING_PLANS_", "CODING_PLANS_PORT", "CODING_PLANS_DEBUG"})
  @DisplayName("an own one that does not exist is a fault that names it")
  void unknownOne(String name) {
    assertThat(faultsWith(Map.of(name, "8080")))
        .containsExactly(name + ": there is no such setting.");
  }

  @Test
  @DisplayName("what Kubernetes injects for a service of that name is ignored")
  void injectedByKubernetes() {
    var injected = new HashMap<String, String>();
    injected.put("CODING_PLANS_SERVICE_HOST", "10.0.0.1");
    injected.put("CODING_PLANS_SERVICE_PORT", "8080");
    injected.put("CODING_PLANS_SERVICE_PORT_HTTP", "8080");
    injected.put("CODING_PLANS_PORT", "tcp://10.0.0.1:8080");
    injected.put("CODING_PLANS_PORT_8080_TCP", "tcp://10.0.0.1:8080");
    injected.put("CODING_PLANS_PORT_8080_TCP_PROTO", "tcp");
    injected.put("CODING_PLANS_PORT_8080_TCP_PORT", "8080");
    injected.put("CODING_PLANS_PORT_8080_TCP_ADDR", "10.0.0.1");

    assertThat(faultsWith(injected)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db/plans?ssl=true&sslpassword=hunter2",
        "jdbc:postgresql://me:hunter2@db/plans",
        "jdbc:postgresql:// junk?password=hunter2",
        "jdbc:postgresql://db/plans?Password=hunter2"
      })
  @DisplayName("a database URL with a secret that would be logged is a fault that does not show it")
  void passwordInUrl(String url) {
    assertThat(faultsWith(Map.of("DATABASE_URL", url)))
        .isNotEmpty()
        .allSatisfy(fault -> assertThat(fault).startsWith("DATABASE_URL: "))
        .noneMatch(fault -> fault.contains("hunter2"));
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://db/plans?password=hunter2, jdbc:postgresql://db/plans",
    "jdbc:postgresql://db/plans?password=hunter2&ssl=true, jdbc:postgresql://db/plans?ssl=true",
    "jdbc:postgresql://db/plans?user=me&password=hunter%32, jdbc:postgresql://db/plans?user=me"
  })
  @DisplayName("a password in a database URL is taken out of it: URLs are logged")
  void passwordTakenOut(String given, String kept) {
    var read = DatabaseSettings.read(new SettingsReader(Map.of("DATABASE_URL", given)));

    assertThat(read.url()).isEqualTo(kept);
    assertThat(read.migrationUrl()).isEqualTo(kept);
    assertThat(read.password()).contains(Secret.of("hunter2"));
    assertThat(read.toString()).doesNotContain("hunter2");
  }

  @Test
  @DisplayName("G1 a short quota plan does not bound the grace: nothing of it renews")
  void graceOfQuotaPlans() {
    var catalog =
        """
        {"providers": [], "plans": [{"id": "day", "kind": "quota", "name": "Day", "unit": "vm",
          "units": 1, "priceMicrodollars": 1, "periodDays": 1}]}""";

    assertThat(faultsWith(Map.of("CODING_PLANS_CATALOG", catalog))).isEmpty();
  }

  @Test
  @DisplayName("C2 of a catalog that cannot be read, no price is said to be of no plan")
  void pricesOfFaultyCatalog() {
    assertThat(
            faultsWith(
                Map.of(
                    "CODING_PLANS_CATALOG",
                    "{",
                    "CODING_PLANS_PRICE_MINIMAX_TOKEN_PLAN_PLUS",
                    "1")))
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"P30D", "P31D", "PT720H"})
  @DisplayName("G1 a grace that is not shorter than the shortest period is a fault")
  void graceTooLong(String grace) {
    assertThat(faultsWith(Map.of("CODING_PLANS_GRACE", grace)))
        .containsExactly(
            "CODING_PLANS_GRACE: it must be shorter than the shortest period of a plan.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT1H", "P29DT23H59M59S", ""})
  @DisplayName("G1 any shorter grace is none, zero included")
  void graceShortEnough(String grace) {
    assertThat(faultsWith(Map.of("CODING_PLANS_GRACE", grace))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1h", "24", "-PT1H", "P99999999999999D", "P1M"})
  @DisplayName("a grace that is no ISO-8601 duration is a fault")
  void malformedGrace(String grace) {
    assertThat(faultsWith(Map.of("CODING_PLANS_GRACE", grace)))
        .singleElement()
        .asString()
        .startsWith("CODING_PLANS_GRACE: it must be");
  }

  @Test
  @DisplayName("T2 the test clock is refused together with real payments")
  void testClockWithPayments() {
    var settings =
        Map.of("CODING_PLANS_TEST_CLOCK", "true", "PAYMENT_WEBHOOK_SECRET", PAYMENT_SECRET);

    assertThat(faultsWith(settings))
        .singleElement()
        .asString()
        .startsWith("CODING_PLANS_TEST_CLOCK:")
        .doesNotContain(PAYMENT_SECRET.substring(6));
    assertThat(faultsWith(Map.of("PAYMENT_WEBHOOK_SECRET", PAYMENT_SECRET))).isEmpty();
    assertThat(faultsWith(Map.of("CODING_PLANS_TEST_CLOCK", "true"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsec_",
        "whsec_x1y2",
        "whsec_no base64",
        PAYMENT_SECRET + " whsec_x1y2",
        PAYMENT_SECRET + " " + PAYMENT_SECRET + " " + PAYMENT_SECRET
      })
  @DisplayName("L2 a payment secret that is none, or one too many, is a fault, and is not shown")
  void malformedPaymentSecret(String secret) {
    assertThat(faultsWith(Map.of("PAYMENT_WEBHOOK_SECRET", secret)))
        .singleElement()
        .asString()
        .startsWith("PAYMENT_WEBHOOK_SECRET: it must be whsec_")
        .doesNotContain("x1y2", PAYMENT_SECRET.substring(6));
  }

  @Test
  @DisplayName("I6 database and keyset are required")
  void requiredOnes() {
    assertThat(new CodingPlansPlugin().faults(Map.of()))
        .extracting(fault -> fault.substring(0, fault.indexOf(':')))
        .containsExactlyInAnyOrder("DATABASE_URL", "CODING_PLANS_KEYSET");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", ":8080", "localhost:65536", "ftp://localhost:1", "a b:1"})
  @DisplayName("a console address that is none is a fault")
  void malformedConsoleAddress(String address) {
    assertThat(faultsWith(Map.of("CODING_PLANS_CONSOLE_ADDRESS", address)))
        .containsExactly("CODING_PLANS_CONSOLE_ADDRESS: it must be host:port.");
  }

  @Test
  @DisplayName("all faults are listed at once, by the check and by the start, and show no secret")
  void allAtOnce() {
    var settings = new HashMap<String, String>();
    settings.put("DATABASE_URL", "mysql://app:hunter2@db/plans");
    settings.put("DATABASE_PASSWORD", "hunter2");
    settings.put("CODING_PLANS_KEYSET", "{\"encryption\": \"hunter2\"}");
    settings.put("CODING_PLANS_GRACE", "hunter2");
    settings.put("CODING_PLANS_SWEEP_INTERVAL", "PT0S");
    settings.put("CODING_PLANS_CATALOG", "{\"hunter2\"");
    settings.put("CODING_PLANS_CONSOLE_ADDRESS", "hunter2");
    settings.put("CODING_PLANS_TEST_CLOCK", "true");
    settings.put("PAYMENT_WEBHOOK_SECRET", "hunter2");
    settings.put("CODING_PLANS_PASWORD", "hunter2");
    var faults = new CodingPlansPlugin().faults(settings);

    assertThat(faults)
        .extracting(fault -> fault.substring(0, fault.indexOf(':')))
        .containsExactlyInAnyOrder(
            "DATABASE_URL",
            "CODING_PLANS_KEYSET",
            "CODING_PLANS_GRACE",
            "CODING_PLANS_SWEEP_INTERVAL",
            "CODING_PLANS_CATALOG",
            "CODING_PLANS_CONSOLE_ADDRESS",
            "CODING_PLANS_TEST_CLOCK",
            "PAYMENT_WEBHOOK_SECRET",
            "CODING_PLANS_PASWORD");
    assertThat(faults).noneMatch(fault -> fault.contains("hunter2"));
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> new CodingPlansPlugin().start(new TestHost(settings, List.of())))
        .satisfies(refusal -> assertThat(refusal.faults()).isEqualTo(faults))
        .withMessageNotContaining("hunter2");
  }

  @Test
  @DisplayName("a database that cannot be reached is a fault of its setting")
  void unreachableDatabase() {
    var settings = new HashMap<>(needed());
    settings.put("DATABASE_URL", "jdbc:postgresql://localhost:1/none");
    settings.put("DATABASE_PASSWORD", "hunter2");

    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> new CodingPlansPlugin().start(new TestHost(settings, List.of())))
        .withMessageContaining("DATABASE_URL")
        .withMessageNotContaining("hunter2");
  }

  @Test
  @DisplayName("a console address that is taken is a fault of its setting")
  void takenConsoleAddress() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var address = Map.of("CODING_PLANS_CONSOLE_ADDRESS", "127.0.0.1:" + taken.getLocalPort());

      assertThatExceptionOfType(InvalidSettingsException.class)
          .isThrownBy(() -> TestPlugin.on(TestDatabase.fresh(), address, List.of()))
          .withMessageContaining("CODING_PLANS_CONSOLE_ADDRESS");
    }
  }

  private static List<String> faultsWith(Map<String, String> changes) {
    var settings = new HashMap<>(needed());
    settings.putAll(changes);
    return new CodingPlansPlugin().faults(settings);
  }

  private static Map<String, String> needed() {
    return Map.of(
        "DATABASE_URL", "jdbc:postgresql://localhost/none", "CODING_PLANS_KEYSET", KEYSET);
  }
}
