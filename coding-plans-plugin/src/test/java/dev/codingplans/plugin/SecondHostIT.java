package dev.codingplans.plugin;

import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.codingplans.plugin.support.HostProcess;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** The jar in a gateway that is not the sample: no framework, other versions of the libraries. */
class SecondHostIT {

  private static final Path JAR = Path.of(System.getProperty("dropin.jar"));
  private static final Path README = Path.of("..", "gateway-spi", "README.md");
  private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final String ANN = "ann:apple";
  private static final String ROOT = "root:pear";
  private static final String NOBODY = "";

  @TempDir Path folder;

  @Test
  @DisplayName("A host without a framework authenticates, sells through the mount, and resolves")
  void sellsAndResolves() throws Exception {
    try (var host = started("coding-plans.jar")) {
      assertThat(host.call("GET", "/api/plans", NOBODY, "").status()).isEqualTo(401);
      assertThat(host.call("GET", "/admin/api/inventory", ANN, "").status()).isEqualTo(403);
      assertThat(host.call("GET", "/nowhere", ANN, "").status()).isEqualTo(404);
      assertThat(chat(host, NOBODY).status()).isEqualTo(401);
      assertThat(chat(host, ANN).status()).isEqualTo(403);

      upload(host);
      credit(host);
      assertThat(buy(host).status()).isEqualTo(201);
      assertThat(buy(host).header("idempotency-replayed")).isEqualTo("true");

      assertThat(payer(host)).isEqualTo("plan");
      await().until(() -> host.output().contains("subscription.activated for ann"));
      assertThat(host.stop()).isZero();
      assertThat(host.output())
          .contains("the plan pays, with the credential ***")
          .doesNotContain("sk-second-host", "Exception", "Error");
    }
  }

  @Test
  @DisplayName(
      "Host and plugin each use their own Jackson, Caffeine and SLF4J, and share the contract")
  void sharesNothingButTheContract() throws Exception {
    try (var host = started("coding-plans.jar")) {
      var origins = host.call("GET", "/origins", NOBODY, "").json();

      for (Class<?> library : List.of(ObjectMapper.class, Caffeine.class, Logger.class)) {
        var name = library.getSimpleName();
        assertThat(HostProcess.LIB.resolve(origins.at("/host/" + name).asText())).isRegularFile();
        assertThat(origins.at("/host/" + name).asText()).isNotEqualTo(jarOf(library));
        assertThat(origins.at("/plugin/" + name).asText()).isEqualTo("coding-plans.jar");
      }
      assertThat(origins.at("/host/SimpleLoggerFactory").asText()).startsWith("slf4j-simple-");
      assertThat(origins.at("/plugin/SimpleLoggerFactory").asText()).isEqualTo("none");
      assertThat(origins.at("/host/BareHost").asText()).isEqualTo("classes");
      assertThat(origins.at("/plugin/BareHost").asText()).isEqualTo("none");
      assertThat(origins.at("/plugin/Entitlement"))
          .isEqualTo(origins.at("/host/Entitlement"))
          .hasToString("\"" + contractJar() + "\"");
      assertThat(host.stop()).isZero();
    }
  }

  @Test
  @DisplayName("Two copies of the jar are refused by their id, in one sentence that names both")
  void refusesTwoCopies() throws Exception {
    try (var host = started("coding-plans.jar", "copy.jar")) {
      assertThat(host.exitCode()).isEqualTo(1);
      assertThat(host.lines())
          .singleElement()
          .asString()
          .endsWith(
              "The plugin jar %s has the id 'coding-plans' of %s; remove one of them."
                  .formatted(plugins().resolve("copy.jar"), plugins().resolve("coding-plans.jar")));
    }
  }

  @Test
  @DisplayName("What the contract's README shows to the author of a host is this host's source")
  void isTheExample() throws IOException {
    var source =
        normalized(
            Files.readString(Path.of("src", "test", "java", HostProcess.PACKAGE, "BareHost.java")));
    var snippets =
        SNIPPET
            .matcher(Files.readString(README))
            .results()
            .map((MatchResult match) -> normalized(match.group(1)))
            .toList();

    assertThat(snippets).hasSize(5).allSatisfy(snippet -> assertThat(source).contains(snippet));
  }

  private HostProcess started(String... jars) throws IOException {
    Files.createDirectory(plugins());
    for (String jar : jars) {
      Files.copy(JAR, plugins().resolve(jar));
    }
    return HostProcess.start(folder, TestPlugin.settings(TestDatabase.fresh(), Map.of()));
  }

  private Path plugins() {
    return folder.resolve("plugins");
  }

  private static void upload(HostProcess host) throws Exception {
    var stock =
        """
        {"providerId": "minimax", "planId": "%s", "entries": ["sk-second-host::upstream-1"],
         "mode": "all_or_nothing", "dryRun": false}"""
            .formatted(PLUS);
    var taken = host.call("POST", "/admin/api/inventory/uploads", ROOT, stock);
    TestPlugin.require(taken, 202);
    var progress = "/admin/api/inventory/uploads/" + taken.json().get("id").asText();
    await()
        .until(
            () -> host.call("GET", progress, ROOT, "").json().get("state").asText().equals("done"));
  }

  private static void credit(HostProcess host) throws Exception {
    var credit =
        """
        {"amountMicrodollars": 20000000, "kind": "paid_credit", "reason": "test"}""";
    TestPlugin.require(
        host.call(
            "POST", "/admin/api/users/ann/credits", ROOT, credit, "Idempotency-Key", "credit-1"),
        201);
  }

  private static Answer buy(HostProcess host) throws Exception {
    var plan = "{\"planId\": \"" + PLUS + "\"}";
    return host.call("POST", "/api/subscriptions", ANN, plan, "Idempotency-Key", "buy-1");
  }

  private static Answer chat(HostProcess host, String login) throws Exception {
    return host.call("POST", "/v1/chat/completions", login, "{\"model\": \"minimax/MiniMax-M2\"}");
  }

  private static String payer(HostProcess host) throws Exception {
    return chat(host, ANN).json().path("payer").asText();
  }

  private static String jarOf(Class<?> library) {
    var place = library.getProtectionDomain().getCodeSource().getLocation();
    return Path.of(place.getPath()).getFileName().toString();
  }

  private static String contractJar() throws IOException {
    try (var files = Files.list(HostProcess.LIB)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("gateway-spi-"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static String normalized(String code) {
    return code.strip().replaceAll("\\s+", " ");
  }
}
