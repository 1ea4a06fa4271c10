package dev.codingplans.plugin.credential;

import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.plugin.support.Reconciled;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.UploadCalls;
import io.micronaut.data.annotation.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(strings = {"claim", "claimWaiting", "isInStock"})
  @DisplayName(
      "P6 what is in stock of one plan, or provider, does not slow down the claims of another")
  void looksOnlyAtItsPlan(String query) throws Exception {
    try (var plugin = TestPlugin.start();
        var connection = plugin.database().connect();
        var statement = connection.createStatement()) {
      plugin
          .database()
          .execute(
              """
              insert into coding_plans.credential
                     (id, provider_id, plan_id, upstream_plan_id, fingerprint, ciphertext, status, verified_at, created_at)
              select gen_random_uuid(), case when n between 10001 and 20000 then 'before' else 'minimax' end,
                     case when n <= 10000 then 'much' else 'little' end, 'any',
                     cast(n::text as bytea), '\\x00', 'available', now(), now()
                from generate_series(1, 20001) n""");
      plugin.database().execute("analyze coding_plans.credential");
      // As after a few executions: one plan for all parameters.
      statement.execute("set plan_cache_mode = force_generic_plan");
      statement.execute("prepare looked_at as " + numbered(statement(query)));

      var plan = new ArrayList<String>();
      var rows = statement.executeQuery("explain execute looked_at" + arguments(query));
      while (rows.next()) {
        plan.add(rows.getString(1));
      }

      assertThat(String.join("\n", plan))
          .contains("Index Scan using credential_stock")
          .doesNotContain("credential_position_key", "Seq Scan");
    }
  }

  private static String arguments(String query) {
    return query.equals("isInStock")
        ? "('little', 'minimax', 'little', 'minimax')"
        : "('ann', now(), 'little', 'minimax', 'little', 'minimax')";
  }

  private static String numbered(String sql) {
    var parts = sql.split("\\?", -1);
    var numbered = new StringBuilder(parts[0]);
    for (int i = 1; i < parts.length; i++) {
      numbered.append('$').append(i).append(parts[i]);
    }
    return numbered.toString();
  }

  /** Returns a statement of the repository as it is sent. */
  static String statement(String query) {
    return Stream.of(CredentialRepository.class.getDeclaredMethods())
        .filter(method -> method.getName().equals(query))
        .findFirst()
        .orElseThrow()
        .getAnnotation(Query.class)
        .value()
        .replaceAll(":[a-z]+", "?");
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
