package dev.codingplans.plugin.credential;

import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.plugin.support.Reconciled;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.UploadCalls;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClaimTest {

  /** The plan, bought from another provider now. */
  private static final Map<String, String> MOVED =
      Map.of(
          "CODING_PLANS_CATALOG",
          """
          {"providers": [{"id": "minimax", "name": "MiniMax"}, {"id": "acme", "name": "Acme"}],
           "plans": [{"id": "%s", "kind": "credential", "provider": "acme", "name": "Plus",
             "priceMicrodollars": 20000000, "periodDays": 30}]}"""
              .formatted(PLUS));

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

  @Test
  @DisplayName("P6 what is left of a plan's provider before is not sold, shown or waited for")
  void ofTheProviderOnly() {
    var db = TestDatabase.fresh();
    try (var before = TestPlugin.on(db)) {
      before.stock(PLUS, 1);
    }
    try (var plugin = TestPlugin.on(db, MOVED, List.of())) {
      plugin.credit("ann", 20);
      assertThat(plugin.buy("ann", PLUS).code()).isEqualTo("sold_out");
      assertThat(availability(plugin)).isEqualTo("sold_out");
      var intent = "/api/plans/" + PLUS + "/availability-intent";
      TestPlugin.require(plugin.call("PUT", intent, "user:ann", ""), 200);

      var uploads = new UploadCalls(plugin);
      uploads.end(
          uploads.start("acme", PLUS, "partial", false, "sk-one::upstream", "sk-two::upstream"));
      uploads.approveAll(PLUS);

      assertThat(availability(plugin)).isEqualTo("available");
      assertThat(db.texts("select user_id from coding_plans.event where type = 'stock.available'"))
          .containsExactly("ann");
      TestPlugin.require(plugin.buy("ann", PLUS), 201);
      assertThat(
              db.texts(
                  "select provider_id || ' ' || status from coding_plans.credential order by position"))
          .containsExactly("minimax available", "acme assigned", "acme available");
      Reconciled.assertReconciled(plugin);
    }
  }

  private static String availability(TestPlugin plugin) {
    return plugin.get("/api/plans", "user:ann").json().at("/items/0/availability").asText();
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
