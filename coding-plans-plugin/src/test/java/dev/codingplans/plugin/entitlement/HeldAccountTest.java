package dev.codingplans.plugin.entitlement;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codingplans.gateway.spi.entitlement.Entitlement.Denied;
import dev.codingplans.gateway.spi.entitlement.Entitlement.OwnKey;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HeldAccountTest {

  /** More than the console has connections. */
  private static final int CALLS = 25;

  @Test
  @DisplayName(
      "E4 an account that somebody holds makes its own calls unavailable, and disturbs no entitlement")
  void heldAccount() throws Exception {
    try (var plugin = TestPlugin.start();
        var holder = plugin.database().connect();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      plugin.credit("ann", 20);
      putKey(plugin, "bob");
      assertThat(plugin.resolve("bob")).isInstanceOf(OwnKey.class);
      hold(holder);

      var answers =
          IntStream.range(0, CALLS)
              .mapToObj(i -> CompletableFuture.supplyAsync(() -> putKey(plugin, "ann"), threads))
              .toList();
      await().until(() -> waiting(plugin) >= 20);
      plugin
          .database()
          .execute("update coding_plans.byok_key set enabled = false where user_id = 'bob'");
      await()
          .atMost(Duration.ofSeconds(1))
          .untilAsserted(() -> assertThat(plugin.resolve("bob")).isInstanceOf(Denied.class));
      assertThat(plugin.resolve("eve")).isInstanceOf(Denied.class);
      assertThat(waiting(plugin)).isPositive();

      for (var answer : answers) {
        assertUnavailable(answer.join());
      }
    }
  }

  @Test
  @DisplayName("E4 whoever waits for an account is answered within 5 s, whenever he came")
  void heldAccountForLatecomers() throws Exception {
    try (var plugin = TestPlugin.start();
        var holder = plugin.database().connect();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      plugin.credit("ann", 20);
      hold(holder);

      var slowest =
          IntStream.range(0, 40)
              .mapToObj(
                  i ->
                      CompletableFuture.supplyAsync(
                          () -> {
                            var before = System.nanoTime();
                            assertUnavailable(putKey(plugin, "ann"));
                            return Duration.ofNanos(System.nanoTime() - before);
                          },
                          CompletableFuture.delayedExecutor(100L * i, MILLISECONDS, threads)))
              .toList()
              .stream()
              .map(CompletableFuture::join)
              .max(Duration::compareTo)
              .orElseThrow();

      assertThat(slowest).isLessThan(Duration.ofSeconds(5));
    }
  }

  private static void hold(Connection holder) throws SQLException {
    holder.setAutoCommit(false);
    try (var statement = holder.createStatement()) {
      statement.execute("select from coding_plans.credit_account where user_id = 'ann' for update");
    }
  }

  private static int waiting(TestPlugin plugin) {
    return Integer.parseInt(
        plugin
            .database()
            .text(
                """
                select count(*) from pg_stat_activity
                 where datname = current_database() and wait_event_type = 'Lock'"""));
  }

  private static void assertUnavailable(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("unavailable");
    assertThat(answer.header("retry-after")).isNotEmpty();
  }

  private static Answer putKey(TestPlugin plugin, String user) {
    return plugin.call(
        "PUT",
        "/api/byok/minimax",
        "user:" + user,
        "{\"apiKey\": \"sk-key-of-%s\", \"enabled\": true}".formatted(user));
  }
}
