package dev.codingplans.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.gateway.spi.identity.Caller.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("API keys of the runnable folder, without a plugin")
class ApiKeysIT {

  @TempDir private Path folder;

  @Test
  @DisplayName("leave neither their text nor the host's secret in the log, whatever its level")
  void logNothing() throws Exception {
    var database = TestDatabase.fresh();
    var variables =
        Map.of(
            "GATEWAY_PORT",
            "0",
            "GATEWAY_PLUGINS_DIR",
            Files.createDirectory(folder.resolve("plugins")).toString(),
            "DATABASE_URL",
            database.url(),
            "JWT_SECRET",
            Given.JWT_SECRET,
            "LOGGER_LEVELS_ROOT",
            "TRACE");
    try (var gateway = GatewayProcess.run(folder, variables)) {
      var client = gateway.awaitServing();
      var key = new KeyCalls(client, Given.token("ann", Role.USER, Map.of())).made();
      var secret = key.get("secret").asText();

      assertThat(client.get("/v1/models", "x-api-key", secret).statusCode()).isEqualTo(200);

      assertThat(gateway.output())
          .contains(" TRACE ", "gateway.host_secret")
          .doesNotContain(secret, Given.JWT_SECRET)
          .doesNotContain(database.texts("select secret from gateway.host_secret").getFirst());
    }
  }
}
