package dev.codingplans.gateway.spi.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluginLoaderTest {

  private static final String NOTHING = "";

  @TempDir Path folder;

  @AfterEach
  void forget() {
    System.clearProperty("sample.said");
  }

  @Test
  @DisplayName("a jar in the folder is loaded, asked for faults, started and closed")
  void loadsAPlugin() throws IOException {
    var jar =
        PluginJar.withPlugin("echo.jar", "echo", "System.setProperty(\"sample.said\", \"started\")")
            .writeTo(folder);

    try (var plugin = loadOnly()) {
      assertThat(plugin.id()).isEqualTo("echo");
      assertThat(plugin.jar()).isEqualTo(jar);
      assertThat(plugin.faults(Map.of())).containsExactly("from echo");

      plugin.start(new BareHost());

      assertThat(System.getProperty("sample.said")).isEqualTo("started");
    }
  }

  @Test
  @DisplayName(
      "jars are loaded in the order of their names; other files and no folder are no fault")
  void loadsInOrder() throws IOException {
    PluginJar.withPlugin("b.jar", "second", NOTHING).writeTo(folder);
    PluginJar.withPlugin("a.jar", "first", NOTHING).writeTo(folder);
    Files.writeString(folder.resolve("README.txt"), "no plugin");

    var plugins = PluginLoader.load(folder);

    assertThat(plugins).extracting(LoadedPlugin::id).containsExactly("first", "second");
    plugins.forEach(LoadedPlugin::close);
    assertThat(PluginLoader.load(folder.resolve("missing"))).isEmpty();
  }

  @Test
  @DisplayName("a jar that names no plugin is refused")
  void refusesNoPlugin() throws IOException {
    PluginJar.named("empty.jar").writeTo(folder);

    assertRefused("The plugin jar %s must name exactly one GatewayPlugin, but it names 0.");
  }

  @Test
  @DisplayName("a jar that names two plugins is refused")
  void refusesTwoPlugins() throws IOException {
    PluginJar.withPlugin("two.jar", "one", NOTHING)
        .source("sample.Other", "package sample; public final class Other extends Base {}")
        .source(
            "sample.Base",
            """
            package sample;

            import dev.codingplans.gateway.spi.*;

            public class Base implements GatewayPlugin {
              public String id() { return "other"; }
              public Registrations start(GatewayHost host) { return null; }
              public void close() {}
            }
            """)
        .provider("sample.Other")
        .writeTo(folder);

    assertRefused("The plugin jar %s must name exactly one GatewayPlugin, but it names 2.");
  }

  @Test
  @DisplayName("a second jar with the id of another is refused, and nothing is loaded")
  void refusesDuplicateId() throws IOException {
    var first = PluginJar.withPlugin("a.jar", "same", NOTHING).writeTo(folder);
    var second = PluginJar.withPlugin("b.jar", "same", NOTHING).writeTo(folder);

    assertThatThrownBy(() -> PluginLoader.load(folder))
        .isInstanceOf(PluginLoadException.class)
        .hasMessage(
            "The plugin jar %s has the id 'same' of %s; remove one of them.", second, first);
  }

  @Test
  @DisplayName("a plugin that was never started is not stopped")
  void closesWhatWasStarted() throws IOException {
    PluginJar.named("idle.jar")
        .source(
            "sample.Idle",
            """
            package sample;

            import dev.codingplans.gateway.spi.*;

            public final class Idle implements GatewayPlugin {
              public String id() { return "idle"; }
              public Registrations start(GatewayHost host) { return null; }
              public void close() { System.setProperty("sample.said", "closed"); }
            }
            """)
        .provider("sample.Idle")
        .writeTo(folder);

    loadOnly().close();
    assertThat(System.getProperty("sample.said")).isNull();

    var started = loadOnly();
    started.start(new BareHost());
    started.close();
    assertThat(System.getProperty("sample.said")).isEqualTo("closed");
  }

  @ParameterizedTest(name = "\"{0}\"")
  @DisplayName("a jar whose plugin has a malformed id is refused")
  @ValueSource(strings = {"", "Upper", "-dash", "two words"})
  void refusesMalformedId(String id) throws IOException {
    PluginJar.withPlugin("named.jar", id, NOTHING).writeTo(folder);

    assertRefused("The plugin jar %s has an id that is not of the form [a-z0-9][a-z0-9-]*.");
  }

  @Test
  @DisplayName("a jar that does not say which contract it was built for is refused")
  void refusesMissingVersion() throws IOException {
    PluginJar.withPlugin("old.jar", "old", NOTHING).contract(null).writeTo(folder);

    assertRefused("The jar %s is no plugin: its manifest has no Gateway-Spi-Version.");
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("a jar built for another major or a higher minor of the contract is refused")
  @ValueSource(strings = {"2.0", "0.9", "1.5", "1", "one", "1.0.0", "99999.0"})
  void refusesOtherVersions(String version) throws IOException {
    PluginJar.withPlugin("new.jar", "new", NOTHING).contract(version).writeTo(folder);

    assertRefused(
        "The plugin jar %s was built for version "
            + version
            + " of the gateway contract, but this host serves 1.4.");
  }

  @Test
  @DisplayName("a jar whose plugin does not exist, is no plugin or fails to be made is refused")
  void refusesAPluginThatCannotBeMade() throws IOException {
    for (String type :
        new String[] {
          "public final class Elsewhere {}",
          "public final class Plugin {}",
          "public final class Plugin extends Gone { Plugin(int number) {} }",
          "public final class Plugin extends Gone { static { if (true) throw new Error(); } }",
          "public final class Plugin extends Gone { public Plugin() { throw new Error(); } }",
        }) {
      var name = type.contains("Elsewhere") ? "sample.Elsewhere" : "sample.Plugin";
      PluginJar.named("broken.jar")
          .source(name, "package sample; " + type)
          .source(
              "sample.Gone",
              """
              package sample;

              import dev.codingplans.gateway.spi.*;

              class Gone implements GatewayPlugin {
                public String id() { return "gone"; }
                public Registrations start(GatewayHost host) { return null; }
                public void close() {}
              }
              """)
          .provider("sample.Plugin")
          .writeTo(folder);

      assertRefused("The plugin jar %s names a GatewayPlugin that cannot be made.");
    }
  }

  @Test
  @DisplayName("a file that is no jar is refused")
  void refusesGarbage() throws IOException {
    Files.writeString(folder.resolve("garbage.jar"), "no zip");

    assertRefused("The plugin jar %s cannot be read.");
  }

  private LoadedPlugin loadOnly() {
    var plugins = PluginLoader.load(folder);
    assertThat(plugins).hasSize(1);
    return plugins.getFirst();
  }

  private void assertRefused(String message) throws IOException {
    try (var jars = Files.list(folder)) {
      var jar = jars.filter(Files::isRegularFile).findFirst().orElseThrow();
      assertThatThrownBy(() -> PluginLoader.load(folder))
          .isInstanceOf(PluginLoadException.class)
          .hasMessage(message, jar);
    }
  }
}
