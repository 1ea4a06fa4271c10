package dev.codingplans.plugin.admin;

import static dev.codingplans.plugin.support.Reconciled.assertReconciled;
import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What happens while a reconciliation runs. */
class ReconciliationRaceTest {

  private final TestDatabase db = TestDatabase.fresh();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private TestPlugin plugin;

  @BeforeEach
  void start() {
    plugin = TestPlugin.on(db);
  }

  @AfterEach
  void stop() {
    threads.close();
    plugin.close();
  }

  @Test
  @DisplayName("L3 purchases that are made while it reads never look like a violation")
  void duringPurchases() throws Exception {
    plugin.stock(PLUS, 30);
    IntStream.range(0, 30).forEach(i -> plugin.credit("buyer-" + i, 20));

    var purchases =
        IntStream.range(0, 30)
            .mapToObj(i -> threads.submit(() -> plugin.buy("buyer-" + i, PLUS)))
            .toList();
    while (!purchases.stream().allMatch(Future::isDone)) {
      assertReconciled(plugin);
    }

    for (Future<Answer> purchase : purchases) {
      assertThat(purchase.get().status()).isEqualTo(201);
    }
    assertReconciled(plugin);
  }

  @Test
  @DisplayName("L3 all checks see one snapshot, however long they take")
  void oneSnapshot() throws Exception {
    plugin.credit("ann", 20);
    try (var other = db.connect()) {
      begin(other, "lock table coding_plans.subscription in access exclusive mode");
      var answer = reconcileAndWait();
      commit(other, "update coding_plans.credit_account set first_paid_at = null");

      assertReconciled(answer.get());
    }
    assertThat(reconcile().json().get("ok").asBoolean()).isFalse();
  }

  @Test
  @DisplayName("L3 an account that is put right while the reconciliation waits is not parked")
  void putRightMeanwhile() throws Exception {
    plugin.credit("ann", 50);
    db.execute("update coding_plans.credit_account set balance_microdollars = 50000001");
    try (var other = db.connect()) {
      begin(other, "update coding_plans.credit_account set balance_microdollars = 50000000");
      var answer = reconcileAndWait();
      commit(other, "select 1");

      assertThat(answer.get().json().get("ok").asBoolean()).as("when it looked").isFalse();
      assertThat(answer.get().json().get("parkedAccounts")).isEmpty();
    }
    assertReconciled(plugin);
  }

  /** Starts a reconciliation and returns when it waits for a lock. */
  private Future<Answer> reconcileAndWait() {
    var answer = threads.submit(this::reconcile);
    await()
        .until(
            () ->
                db.text(
                        """
                        select exists (select from pg_stat_activity
                                        where datname = current_database() and wait_event_type = 'Lock')""")
                    .equals("t"));
    return answer;
  }

  private Answer reconcile() {
    return plugin.get("/admin/api/reconciliation", "admin:root");
  }

  private static void begin(Connection connection, String sql) throws SQLException {
    connection.setAutoCommit(false);
    execute(connection, sql);
  }

  private static void commit(Connection connection, String sql) throws SQLException {
    execute(connection, sql);
    connection.commit();
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
