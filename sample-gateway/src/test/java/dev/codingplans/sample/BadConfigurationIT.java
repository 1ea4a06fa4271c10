package dev.codingplans.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The runnable folder with a bad configuration")
class BadConfigurationIT {

  /** What an operator waits for at most. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final String FIVE_FAULTS =
      """
      {"providers": [{"id": "Mini Max", "name": "MiniMax", "models": []}],
       "plans": [
         {"id": "a", "kind": "credential", "provider": "none", "name": "A", "priceMicrodollars": 0,
          "periodDays": -1, "colour": "red"},
         {"id": "a", "kind": "lifetime", "name": "B", "priceMicrodollars": 1, "periodDays": 1}]}""";

  @TempDir private Path folder;
  private final Map<String, String> variables =
      new HashMap<>(
          Map.of(
              "GATEWAY_PORT",
              "0",
              "JWT_SECRET",
              Given.JWT_SECRET,
              "DATABASE_URL",
              "jdbc:postgresql://127.0.0.1:9/none",
              "CODING_PLANS_KEYSET",
              "file:keyset.json"));

  @Test
  @DisplayName("C2 does not start, and names every fault of host and plugin at once")
  void namesEveryFault() {
    variables.putAll(
        Map.ofEntries(
            Map.entry("CODING_PLANS_CATALOG", FIVE_FAULTS),
            Map.entry("CODING_PLANS_KEYSET", "{\"no\": \"kEySeT-mAtErIaL\"}"),
            Map.entry("CODING_PLANS_GRACE", "a day"),
            Map.entry("CODING_PLANS_NONSENSE", "1"),
            Map.entry("GATEWAY_NONSENSE", "1"),
            Map.entry("GATEWAY_PORT", "80800"),
            Map.entry("JWT_SECRET", "ShOrT"),
            Map.entry("DATABASE_URL", "jdbc:mysql://gateway:pAsSwOrD@127.0.0.1/x"),
            Map.entry("MINIMAX_BASE_URL", "ftp://x")));

    var output = refused();

    assertThat(output.lines().filter(line -> line.contains("cannot start"))).hasSize(1);
    assertThat(output)
        .contains(
            "providers[0].id",
            "plans[0].provider",
            "plans[0].priceMicrodollars",
            "plans[0].periodDays",
            "plans[0].colour",
            "plans[1].id",
            "plans[1].kind")
        .contains("CODING_PLANS_KEYSET", "CODING_PLANS_GRACE", "CODING_PLANS_NONSENSE")
        .contains("GATEWAY_NONSENSE", "GATEWAY_PORT", "JWT_SECRET", "DATABASE_URL")
        .contains("MINIMAX_BASE_URL")
        .doesNotContain("kEySeT-mAtErIaL", "ShOrT", "pAsSwOrD", "\tat ");
  }

  @Test
  @DisplayName("does not start with a secret that everybody knows, or with none")
  void refusesKnownSecrets() {
    variables.put("JWT_SECRET", "changeme-changeme-changeme-changeme");
    variables.remove("CODING_PLANS_KEYSET");

    assertThat(refused())
        .contains("JWT_SECRET is a sample value", "CODING_PLANS_KEYSET")
        .doesNotContain("changeme");
  }

  @Test
  @DisplayName("does not start without its database, be it gone or silent")
  void refusesUnreachableDatabases() throws IOException {
    assertThat(refused()).contains("DATABASE_URL: the database cannot be reached");

    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      variables.put(
          "DATABASE_URL", "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/none");
      assertThat(refused()).contains("DATABASE_URL: the database cannot be reached");
    }
  }

  @Test
  @DisplayName(
      "C2 starts with what Kubernetes injects, and reads a price in whose name is a number")
  void ignoresKubernetes() throws IOException {
    // The port that the injected variable hides, because the default may be taken.
    var file = Files.writeString(folder.resolve("gateway.yml"), "gateway:\n  port: 0\n");
    try (var installation =
            new Installation(folder, URI.create("http://127.0.0.1:9"))
                .with("MICRONAUT_CONFIG_FILES", file.toString())
                .with("GATEWAY_PORT", "tcp://10.0.0.1:8080")
                .with("GATEWAY_SERVICE_HOST", "10.0.0.1")
                .with("GATEWAY_SERVICE_PORT", "8080")
                .with("GATEWAY_SERVICE_PORT_HTTP", "8080")
                .with("GATEWAY_PORT_8080_TCP", "tcp://10.0.0.1:8080")
                .with("GATEWAY_PORT_8080_TCP_PROTO", "tcp")
                .with("GATEWAY_PORT_8080_TCP_PORT", "8080")
                .with("GATEWAY_PORT_8080_TCP_ADDR", "10.0.0.1")
                .with("CODING_PLANS_SERVICE_HOST", "10.0.0.1")
                .with("CODING_PLANS_SERVICE_PORT", "80")
                .with("CODING_PLANS_PORT", "tcp://10.0.0.1:80")
                .with("CODING_PLANS_PORT_80_TCP", "tcp://10.0.0.1:80")
                .with("CODING_PLANS_PRICE_VM_5_MONTHLY", "7654321");
        var gateway = installation.run()) {
      var calls = new Calls(gateway.awaitServing());
      assertThat(calls.get(calls.user("somebody"), "/api/plans").body())
          .contains("\"priceMicrodollars\":7654321");
    }
  }

  /** Returns what a gateway says that ends by itself, in time. */
  private String refused() {
    var gateway = GatewayProcess.run(folder, variables);
    try {
      assertThat(gateway.awaitExit(PATIENCE)).as(gateway.output()).isEqualTo(1);
    } finally {
      gateway.kill();
    }
    return gateway.output();
  }
}
