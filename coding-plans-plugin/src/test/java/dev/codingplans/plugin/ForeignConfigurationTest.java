package dev.codingplans.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.plugin.support.TestPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The host's own Micronaut configuration")
class ForeignConfigurationTest {

  private static final String CONTEXT_PATH = "micronaut.server.context-path";

  @Test
  @DisplayName("as system properties, means nothing to the plugin")
  void systemProperties() {
    assertUndisturbedBy(
        Map.of(
            CONTEXT_PATH,
            "/gw",
            "micronaut.server.port",
            "1",
            "datasources.default.url",
            "jdbc:postgresql://nowhere/",
            "jackson.property-naming-strategy",
            "UPPER_CAMEL_CASE"));
  }

  @Test
  @DisplayName("in a file that a system property names, means nothing to the plugin")
  void configurationFile(@TempDir Path folder) throws IOException {
    var file = folder.resolve("gateway.yml");
    Files.writeString(file, CONTEXT_PATH + ": /gw\n");

    assertUndisturbedBy(Map.of("micronaut.config.files", file.toString()));
  }

  private static void assertUndisturbedBy(Map<String, String> properties) {
    var before =
        properties.keySet().stream()
            .filter(name -> System.getProperty(name) != null)
            .collect(Collectors.toSet());
    assertThat(before).isEmpty();
    properties.forEach(System::setProperty);
    try (var plugin = TestPlugin.start()) {
      assertThat(plugin.address().getPath()).isIn("", "/");
      var plans = plugin.get("/api/plans", "user:ann");
      assertThat(plans.status()).as(plans.body()).isEqualTo(200);
      assertThat(plans.json().get("items")).isNotEmpty();
    } finally {
      properties.keySet().forEach(System::clearProperty);
    }
  }
}
