package dev.codingplans.plugin.http;

import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("HTTP without a database")
class OutageTest {

  private static final int CALLS = 8;

  @Test
  @DisplayName("without its database the plugin answers unavailable within 5 s, and recovers")
  void databaseOutage() throws SQLException {
    var database = TestDatabase.fresh();
    try (var plugin = TestPlugin.on(database)) {
      plugin.credit("u", 20);
      plugin.stock(PLUS, 1);

      takeAway(database);
      atOnce(() -> plugin.get("/api/plans", "user:u"));
      Stream.<Supplier<Answer>>of(
              () -> plugin.get("/api/plans", "user:u"),
              () -> plugin.get("/api/credits", "user:u"),
              () -> plugin.buy("u", PLUS, "bought-in-an-outage"),
              () -> plugin.get("/admin/api/inventory", "admin:root"))
          .forEach(OutageTest::requireUnavailable);

      giveBack(database);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> plugin.get("/api/plans", "user:u").status() == 200);
      assertThat(plugin.buy("u", PLUS, "bought-in-an-outage").status()).isEqualTo(201);
    }
  }

  /** Right after the loss some find a closed connection, and others find none. */
  private static void atOnce(Supplier<Answer> call) {
    Stream.generate(() -> CompletableFuture.runAsync(() -> requireUnavailable(call)))
        .limit(CALLS)
        .toList()
        .forEach(CompletableFuture::join);
  }

  private static void requireUnavailable(Supplier<Answer> call) {
    var before = System.nanoTime();
    var answer = call.get();

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    assertThat(answer.status()).as(answer.body()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("unavailable");
    assertThat(answer.header("retry-after")).matches("[1-9]\\d*");
  }

  private static void takeAway(TestDatabase database) throws SQLException {
    execute(database, "alter database %s allow_connections false");
    execute(
        database, "select pg_terminate_backend(pid) from pg_stat_activity where datname = '%s'");
  }

  private static void giveBack(TestDatabase database) throws SQLException {
    execute(database, "alter database %s allow_connections true");
  }

  /** Executes a statement from another database of the same server. */
  private static void execute(TestDatabase database, String sql) throws SQLException {
    var name = database.url().replaceFirst(".*/(\\w+)\\?.*", "$1");
    var elsewhere = database.url().replace("/" + name + "?", "/postgres?");
    try (var connection = DriverManager.getConnection(elsewhere);
        var statement = connection.createStatement()) {
      statement.execute(sql.formatted(name));
    }
  }
}
