package dev.codingplans.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Without --demo")
class DemoFlagTest {

  private static final String ENVIRONMENTS = "micronaut.environments";

  @TempDir private Path folder;

  @Test
  @DisplayName("no environment and no property opens the demo's log-ins")
  void opensNoLogIns() {
    var settings = Given.settings(folder);
    settings.putAll(Map.of("sample-gateway.demo", "true", "sample.gateway.demo", "true"));
    System.setProperty(ENVIRONMENTS, "demo");
    try (var gateway = Given.gateway(false, settings)) {
      var answer =
          new Client(gateway.address())
              .send(
                  "POST",
                  "/login",
                  "{\"username\":\"admin\",\"password\":\"admin\"}",
                  "content-type",
                  "application/json");

      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body()).contains("\"code\":\"not_found\"");
    } finally {
      System.clearProperty(ENVIRONMENTS);
    }
  }
}
