package dev.codingplans.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The runnable folder")
class GatewayFolderIT {

  @TempDir private Path folder;
  private final Map<String, String> variables = new HashMap<>();

  @BeforeEach
  void configure() throws IOException {
    StubPluginJar.writeTo(folder.resolve("plugins"));
    variables.putAll(
        Map.of(
            "GATEWAY_PORT",
            "0",
            "GATEWAY_PLUGINS_DIR",
            folder.resolve("plugins").toString(),
            "JWT_SECRET",
            Given.JWT_SECRET));
  }

  @Test
  @DisplayName("keeps the data of its own database over a stop, and over being killed")
  void keepsItsData() throws Exception {
    try (var gateway = GatewayProcess.run(folder, variables)) {
      var client = gateway.awaitServing();
      assertThat(gateway.output())
          .contains("No DATABASE_URL", "JWT_SECRET = ***", "stub - stub plugin starts")
          .doesNotContain(Given.JWT_SECRET);
      try (var database = database(client)) {
        database.createStatement().execute("create table kept (n int)");
        database.createStatement().execute("insert into kept values (1)");
      }
      gateway.terminate();
      gateway.awaitExit();
      assertThat(folder.resolve("data/postgres/postmaster.pid")).doesNotExist();
    }
    try (var gateway = GatewayProcess.run(folder, variables)) {
      try (var database = database(gateway.awaitServing())) {
        database.createStatement().execute("insert into kept values (2)");
      }
      gateway.kill();
      gateway.awaitExit();
    }
    try (var gateway = GatewayProcess.run(folder, variables);
        var database = database(gateway.awaitServing());
        var sum = database.createStatement().executeQuery("select sum(n) from kept")) {
      assertThat(sum.next()).isTrue();
      assertThat(sum.getInt(1)).isEqualTo(3);
    }
  }

  @Test
  @DisplayName("starts after it was killed while it made the data of its own database")
  void survivesKillDuringFirstStart() throws Exception {
    var data = Files.createDirectories(folder.resolve("data"));
    try (var gateway = GatewayProcess.run(folder, variables)) {
      await()
          .pollInterval(Duration.ofMillis(5))
          .ignoreExceptionsInstanceOf(UncheckedIOException.class) // files come and go
          .until(() -> holds(data, "postgresql.conf"));
      gateway.kill();
      gateway.awaitExit();
    }
    try (var gateway = GatewayProcess.run(folder, variables);
        var database = database(gateway.awaitServing())) {
      assertThat(database.isValid(5)).isTrue();
    }
  }

  @Test
  @DisplayName("lets a stream end that is under way when it is told to stop")
  void endsStreams() throws Exception {
    variables.put("DATABASE_URL", TestDatabase.SHARED.url());
    try (var gateway = GatewayProcess.run(folder, variables)) {
      var client = gateway.awaitServing();
      var answer =
          client.send("GET", "/api/slow", BodyPublishers.noBody(), BodyHandlers.ofInputStream());
      try (var lines =
          new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
        assertThat(lines.readLine()).isEqualTo("data: one");
        gateway.terminate();
        assertThat(lines.readLine()).isEmpty();
        assertThat(lines.readLine()).isEqualTo("data: late");
      }
      gateway.awaitExit();
      assertThat(gateway.output()).doesNotContain("Cutting off");
    }
  }

  @Test
  @DisplayName("ends with 1 and every fault, but no stack trace, if it is set up wrongly")
  void refusesFaults() throws Exception {
    variables.putAll(
        Map.of("GATEWAY_PORT", "x", "GATEWAY_NONSENSE", "1", "CODING_PLANS_GRACE", "nonsense"));
    var gateway = GatewayProcess.run(folder, variables);

    assertThat(gateway.awaitExit()).isEqualTo(1);
    assertThat(gateway.output())
        .contains("The gateway cannot start:", "GATEWAY_PORT", "GATEWAY_NONSENSE")
        .contains("CODING_PLANS_GRACE")
        .doesNotContain("\tat ");
  }

  @Test
  @DisplayName("prints tokens that it accepts")
  void printsTokens() throws Exception {
    var token =
        GatewayProcess.run(
            folder, variables, "token", "--sub", "root", "--role", "admin", "--ttl", "PT1H");
    assertThat(token.awaitExit()).as(token.output()).isZero();

    variables.put("DATABASE_URL", TestDatabase.SHARED.url());
    try (var gateway = GatewayProcess.run(folder, variables)) {
      var client = gateway.awaitServing();
      assertThat(
              client.get("/api/whoami", "authorization", "Bearer " + token.output().strip()).body())
          .isEqualTo("root [ADMIN] null");
    }

    var ofDemo =
        GatewayProcess.run(folder, variables, "--demo", "token", "--sub", "a", "--role", "user");
    assertThat(ofDemo.awaitExit()).isZero();
    assertThat(ofDemo.output().strip()).doesNotContainAnyWhitespaces();

    var wrong =
        GatewayProcess.run(
            folder, variables, "token", "--role", "boss", "--ttl", "PT99999999999999H");
    assertThat(wrong.awaitExit()).isEqualTo(2);
    assertThat(wrong.output())
        .contains("--sub", "--role must be user or admin", "--ttl must be")
        .doesNotContain("\tat ");
  }

  @Test
  @DisplayName("passes over a JVM that is too old")
  void findsJvm() throws Exception {
    var old = Files.createDirectories(folder.resolve("jdk-17/bin"));
    Files.writeString(folder.resolve("jdk-17/release"), "JAVA_VERSION=\"17.0.1\"\n");
    var java = Files.writeString(old.resolve("java"), "#!/bin/sh\necho too old; exit 9\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    variables.put("JAVA_HOME", folder.resolve("jdk-17").toString());
    variables.put("PATH", old + ":" + System.getenv("PATH"));

    var token = GatewayProcess.run(folder, variables, "token", "--sub", "ann", "--role", "user");

    assertThat(token.awaitExit()).as(token.output()).isZero();
  }

  private static boolean holds(Path folder, String name) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.anyMatch(file -> file.endsWith(name));
    }
  }

  private static Connection database(Client client) throws SQLException {
    return DriverManager.getConnection(client.get("/api/settings").body(), "postgres", "postgres");
  }
}
