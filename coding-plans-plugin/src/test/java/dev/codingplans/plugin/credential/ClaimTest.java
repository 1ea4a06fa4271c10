package dev.codingplans.plugin.credential;

import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.plugin.support.TestPlugin;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClaimTest {

  @Test
  @DisplayName("P6 a claim waits for two seconds in all, however many credentials it waits for")
  void oneDeadline() throws Exception {
    try (var plugin = TestPlugin.start()) {
      plugin.credit("ann", 20);
      plugin.stock(PLUS, 4);
      var takers = new ArrayList<CompletableFuture<Void>>();
      for (int i = 0; i < 4; i++) {
        takers.add(take(plugin.database().connect(), i, 1_200L * (i + 1)));
      }

      var before = System.nanoTime();
      var answer = plugin.buy("ann", PLUS);

      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
      assertThat(answer.status()).as(answer.body()).isEqualTo(503);
      assertThat(answer.code()).isEqualTo("unavailable");
      takers.forEach(CompletableFuture::join);
      assertThat(plugin.buy("ann", PLUS).code()).isEqualTo("sold_out");
    }
  }

  /** Takes one credential at once, and keeps it for good a while later. */
  private static CompletableFuture<Void> take(Connection connection, int offset, long millis)
      throws SQLException {
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute(
          """
          update coding_plans.credential
             set status = 'revocation_pending', ciphertext = null, revocation_requested_at = now()
           where id = (select id from coding_plans.credential order by position offset %d limit 1)"""
              .formatted(offset));
    }
    return CompletableFuture.runAsync(
        () -> commit(connection), CompletableFuture.delayedExecutor(millis, MILLISECONDS));
  }

  private static void commit(Connection connection) {
    try (connection) {
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
