package dev.codingplans.gateway.spi.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluginIsolationTest {

  private static final String NOTHING = "";

  @TempDir Path folder;

  @AfterEach
  void forget() {
    System.clearProperty("sample.said");
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("a plugin sees no class of its host")
  @ValueSource(strings = {"org.assertj.core.api.Assertions", "org.junit.jupiter.api.Test"})
  void hidesClassesOfTheHost(String hidden) throws Exception {
    Class.forName(hidden);

    assertThat(seenByAPlugin(hidden, NOTHING)).isEqualTo("class: no");
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("a plugin sees the JDK and the contract")
  @ValueSource(
      strings = {
        "java.net.http.HttpClient",
        "java.sql.Connection",
        "dev.codingplans.gateway.spi.entitlement.Secret"
      })
  void showsTheJdkAndTheContract(String shown) throws Exception {
    assertThat(seenByAPlugin(shown, NOTHING)).isEqualTo("class: yes");
  }

  @Test
  @DisplayName("a plugin sees its own resources and the contract's, and none of its host")
  void hidesResourcesOfTheHost() throws Exception {
    var host = getClass().getClassLoader();
    var hidden = "org/assertj/core/api/Assertions.class";
    var contract = "dev/codingplans/gateway/spi/GatewayPlugin.class";
    assertThat(host.getResource(hidden)).isNotNull();

    assertThat(seenByAPlugin(NOTHING, hidden)).isEqualTo("resources: 0");
    assertThat(seenByAPlugin(NOTHING, contract)).isEqualTo("resources: 1");
    assertThat(seenByAPlugin(NOTHING, "own.txt")).isEqualTo("resources: 1");
  }

  @Test
  @DisplayName("a plugin's own copy of a host's library is the one it uses")
  void usesItsOwnLibraries() throws Exception {
    PluginJar.withPlugin("own.jar", "own", say("org.assertj.core.api.Assertions.origin()"))
        .source(
            "org.assertj.core.api.Assertions",
            """
            package org.assertj.core.api;

            public final class Assertions {
              public static String origin() { return "the plugin's jar"; }
            }
            """)
        .writeTo(folder);

    try (var plugin = loadOnly()) {
      plugin.start(new BareHost());
    }
    assertThat(said()).isEqualTo("the plugin's jar");
  }

  @Test
  @DisplayName(
      "a plugin starts with its own class loader as context loader, and the host gets its own back")
  void startsInItsOwnContext() throws Exception {
    PluginJar.withPlugin(
            "context.jar",
            "context",
            say(
                "\"\" + (Thread.currentThread().getContextClassLoader() == getClass().getClassLoader())"))
        .writeTo(folder);
    var before = Thread.currentThread().getContextClassLoader();

    try (var plugin = loadOnly()) {
      plugin.start(new BareHost());
    }

    assertThat(said()).isEqualTo("true");
    assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
  }

  private String seenByAPlugin(String className, String resource) throws IOException {
    var look =
        className.isEmpty()
            ? """
              try {
                System.setProperty("sample.said",
                    "resources: " + Collections.list(getClass().getClassLoader().getResources("%s")).size());
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
              """
                .formatted(resource)
            : """
              try {
                Class.forName("%s");
                System.setProperty("sample.said", "class: yes");
              } catch (ClassNotFoundException e) {
                System.setProperty("sample.said", "class: no");
              }
              """
                .formatted(className);
    PluginJar.withPlugin("look.jar", "look", look).resource("own.txt", "own").writeTo(folder);
    try (var plugin = loadOnly()) {
      plugin.start(new BareHost());
    }
    return said();
  }

  private LoadedPlugin loadOnly() {
    var plugins = PluginLoader.load(folder);
    assertThat(plugins).hasSize(1);
    return plugins.getFirst();
  }

  /** The one thing that host and plugin share without the contract: system properties. */
  private static String say(String expression) {
    return "System.setProperty(\"sample.said\", " + expression + ")";
  }

  private static String said() {
    return System.getProperty("sample.said");
  }
}
