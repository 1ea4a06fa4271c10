package dev.codingplans.plugin;

import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.gateway.spi.InvalidSettingsException;
import dev.codingplans.gateway.spi.catalog.PlanOffer;
import dev.codingplans.gateway.spi.loader.LoadedPlugin;
import dev.codingplans.gateway.spi.loader.PluginLoader;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestHost;
import dev.codingplans.plugin.support.TestPlugin;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as an operator drops it in. */
class DropInJarIT {

  private static final Path JAR = Path.of(System.getProperty("dropin.jar"));

  @TempDir Path plugins;

  @Test
  @DisplayName("The drop-in jar starts in an isolated class loader and serves its console")
  void startsIsolated() throws Exception {
    try (var plugin = loaded()) {
      var settings = TestPlugin.settings(TestDatabase.fresh(), Map.of());
      assertThat(plugin.faults(settings)).isEmpty();

      var registrations = plugin.start(new TestHost(settings, List.of()));

      assertThat(registrations.catalog().plans())
          .extracting(PlanOffer::id)
          .extracting(Object::toString)
          .contains(PLUS);
      assertThat(registrations.entitlements().getClass())
          .isNotEqualTo(dev.codingplans.entitlement.EntitlementCache.class);
      var console = registrations.console().orElseThrow();
      assertThat(get(console.address() + "/api/plans", "user:ann")).isEqualTo(200);
      assertThat(get(console.address() + "/api/plans", "nobody")).isEqualTo(401);
      assertThat(console.openApi()).contains("/api/subscriptions");
    }
  }

  @Test
  @DisplayName("Bad settings refuse the start with every fault, across the class loaders")
  void faults() {
    try (var plugin = loaded()) {
      Map<String, String> bad = Map.of("CODING_PLANS_NO_SUCH", "1", "CODING_PLANS_GRACE", "P90D");

      assertThat(plugin.faults(bad)).hasSize(4);
      Assertions.assertThatThrownBy(() -> plugin.start(new TestHost(bad, List.of())))
          .isInstanceOf(InvalidSettingsException.class)
          .hasMessageContaining("CODING_PLANS_NO_SUCH")
          .hasMessageContaining("CODING_PLANS_KEYSET")
          .hasMessageContaining("DATABASE_URL");
    }
  }

  @Test
  @DisplayName("The jar states its contract, and holds neither the contract nor native code")
  void contents() throws IOException {
    try (var jar = new JarFile(JAR.toFile())) {
      var names = jar.stream().map(Object::toString).toList();

      assertThat(jar.getManifest().getMainAttributes().getValue("Gateway-Spi-Version"))
          .matches("\\d+\\.\\d+");
      assertThat(names)
          .noneMatch(name -> name.startsWith("dev/codingplans/gateway/"))
          .noneMatch(name -> name.endsWith("module-info.class"))
          .noneMatch(name -> name.matches("META-INF/[^/]+\\.(SF|DSA|RSA)"))
          .noneMatch(name -> name.matches(".*\\.(so|dll|jnilib|dylib)"));
    }
  }

  @Test
  @DisplayName("The command line prints a keyset that the vault takes, and says how it is used")
  void commandLine() throws Exception {
    var keyset = run("keyset");
    assertThat(dev.codingplans.plugin.vault.Keyset.parse(keyset)).hasToString("***");
    assertThat(run("nonsense")).contains("nonsense is not known here");
  }

  private LoadedPlugin loaded() {
    try {
      Files.copy(JAR, plugins.resolve("coding-plans.jar"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return PluginLoader.load(plugins).getFirst();
  }

  private static String run(String argument) throws IOException, InterruptedException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var process =
        new ProcessBuilder(java, "-jar", JAR.toString(), argument)
            .redirectErrorStream(true)
            .start();
    var output = new String(process.getInputStream().readAllBytes());
    process.waitFor();
    return output.lines().filter(line -> !line.startsWith("WARNING")).findFirst().orElse("");
  }

  private static int get(String uri, String caller) throws Exception {
    var request =
        HttpRequest.newBuilder(java.net.URI.create(uri)).header(TestHost.CALLER, caller).build();
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.discarding()).statusCode();
    }
  }
}
