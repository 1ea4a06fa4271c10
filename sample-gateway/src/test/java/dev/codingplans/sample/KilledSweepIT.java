package dev.codingplans.sample;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A gateway that is killed in the middle of a sweep, ten times,")
class KilledSweepIT {

  private static final int KILLS = 10;
  private static final Subscribers SUBSCRIBERS = new Subscribers(15, 199, KILLS);

  /** How many subscriptions there are of each history, which a renewal moves on as a whole. */
  private static final String HISTORIES =
      """
      select charges, terms, events, paid, subscription.status, count(*)
        from coding_plans.subscription
        join coding_plans.credit_account account using (user_id)
        join (select user_id, count(*) filter (where kind = 'renewal') as charges
                from coding_plans.ledger_entry
               group by user_id) ledger using (user_id)
        join (select subscription_id,
                     count(*) filter (where kind = 'renewal') as terms,
                     min(period_end)                          as first_end
                from coding_plans.term
               group by subscription_id) term on term.subscription_id = subscription.id
        left join (select user_id, count(*) as told
                     from coding_plans.event
                    where type = 'subscription.renewed'
                    group by user_id) event using (user_id)
       cross join lateral (select coalesce(told, 0) as events,
                                  account.balance_microdollars = (%d - charges) * price_microdollars
                                  and renewal_at = first_end + charges * interval '30 days' as paid) sums
       group by charges, terms, events, paid, subscription.status
       order by charges"""
          .formatted(KILLS);

  @TempDir private Path folder;

  @Test
  @DisplayName("R2, L3 charges nothing twice, loses nothing, and finishes after its restart")
  void killDuringSweep() throws Exception {
    try (var installation =
        new Installation(folder)
            .with("CODING_PLANS_TEST_CLOCK", "true")
            // Long enough for the test to sweep, and nobody else.
            .with("CODING_PLANS_SWEEP_INTERVAL", "P1000D")) {
      for (int round = 1; round <= KILLS + 1; round++) {
        try (var gateway = installation.run()) {
          var calls = new Calls(gateway.awaitServing());
          if (round == 1) {
            SUBSCRIBERS.subscribe(calls, installation);
          } else {
            finish(calls, installation, round - 1);
          }
          if (round <= KILLS) {
            calls.advance("P30D");
            sweepAndKill(calls, gateway, installation, round);
          } else {
            assertThat(gateway.output()).doesNotContain("ERROR");
          }
        }
      }
    }
  }

  /**
   * Kills it after so many renewals, while it writes more; one is kept from it, so it never ends.
   */
  private static void sweepAndKill(
      Calls calls, GatewayProcess gateway, Installation installation, int round)
      throws SQLException {
    var before = (round - 1L) * SUBSCRIBERS.size();
    var least = new Random(round).nextInt(SUBSCRIBERS.size() - 1);
    var most = SUBSCRIBERS.size() - 1L;
    try (var connection = installation.connect()) {
      connection.setAutoCommit(false);
      hold(connection, round);
      var sweep = CompletableFuture.supplyAsync(calls::sweep);
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(2))
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                var renewed = renewals(connection) - before;
                return renewed >= least && (renewed == most || isWriting(connection));
              });
      gateway.kill();
      gateway.awaitExit();
      assertThat(sweep.exceptionally(gone -> null))
          .as("round %d", round)
          .succeedsWithin(30, SECONDS);
      connection.rollback();
    }
    assertThat(installation.rows(HISTORIES))
        .as("round %d: a subscription is renewed as a whole or not at all", round)
        .allMatch(line -> isHistory(line, round - 1) || isHistory(line, round))
        .anyMatch(line -> isHistory(line, round - 1));
  }

  private static void finish(Calls calls, Installation installation, int round)
      throws SQLException {
    long before;
    try (var connection = installation.connect()) {
      before = renewals(connection);
    }
    var report = calls.sweep();
    assertThat(before + report.get("renewed").asLong())
        .as("round %d: %s", round, report)
        .isEqualTo((long) round * SUBSCRIBERS.size());
    assertThat(report.get("errors").asLong()).as(report.toString()).isZero();
    assertThat(installation.rows(HISTORIES)).containsExactly(history(round) + SUBSCRIBERS.size());
    calls.assertReconciled();
  }

  private static boolean isHistory(String line, int renewals) {
    return line.startsWith(history(renewals));
  }

  private static String history(int renewals) {
    return "%1$d %1$d %1$d t active ".formatted(renewals);
  }

  private static void hold(Connection connection, int round) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(
          """
          select from coding_plans.credit_account
           where user_id = (select user_id from coding_plans.credit_account
                             order by user_id offset %d limit 1)
             for update"""
              .formatted(new Random(round).nextInt(SUBSCRIBERS.size())));
    }
  }

  private static long renewals(Connection connection) throws SQLException {
    return number(connection, "select count(*) from coding_plans.term where term.kind = 'renewal'");
  }

  private static boolean isWriting(Connection connection) throws SQLException {
    return number(
            connection,
            """
            select count(*) from pg_locks
             where relation = 'coding_plans.ledger_entry'::regclass and mode = 'RowExclusiveLock'""")
        > 0;
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
