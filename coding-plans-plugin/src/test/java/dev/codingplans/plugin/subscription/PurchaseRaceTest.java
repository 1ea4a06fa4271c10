package dev.codingplans.plugin.subscription;

import static dev.codingplans.plugin.support.Reconciled.assertReconciled;
import static dev.codingplans.plugin.support.TestPlugin.MAX;
import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Purchases that meet each other, and what else happens at the same time. */
class PurchaseRaceTest {

  private final TestDatabase db = TestDatabase.fresh();
  private final Books books = new Books(db);
  private TestPlugin plugin;

  @BeforeEach
  void start() {
    plugin = TestPlugin.on(db);
  }

  /** However a race ends, the books are right. */
  @AfterEach
  void reconcileAndStop() {
    try (var running = plugin) {
      assertReconciled(running);
    }
  }

  @Test
  @DisplayName("P1 an own key added between the check and the install refuses the purchase whole")
  void ownKeyAddedMeanwhile() throws Exception {
    plugin.credit("ann", 20);
    plugin.stock(PLUS, 1);
    try (var other = db.connect();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      other.setAutoCommit(false);
      insertOwnKey(other, "ann");

      var purchase = threads.submit(() -> plugin.buy("ann", PLUS));
      awaitSomebodyWaitsForALock();
      other.commit();

      assertThat(purchase.get().code()).isEqualTo("byok_key_present");
    }
    books.assertNothingBought("ann", 20);
  }

  @Test
  @DisplayName("P4, P8 many purchases at once by one user end in one subscription and one charge")
  void oneUserManyThreads() throws Exception {
    plugin.credit("ann", 500);
    plugin.stock(PLUS, 10);
    plugin.stock(MAX, 10);

    var answers =
        inParallel(
            20, i -> plugin.buy("ann", i % 2 == 0 ? PLUS : MAX, UUID.randomUUID().toString()));

    assertThat(answers).filteredOn(a -> a.status() == 201).hasSize(1);
    assertThat(answers)
        .filteredOn(a -> a.status() != 201)
        .allSatisfy(a -> assertThat(a.code()).isEqualTo("provider_plan_active"));
    books.assertOneSubscriptionPaid();
  }

  @Test
  @DisplayName(
      "P5, P6 more buyers than credentials: each credential is sold once, the rest is sold out")
  void moreBuyersThanStock() throws Exception {
    plugin.stock(PLUS, 5);
    for (int i = 0; i < 20; i++) {
      plugin.credit("buyer-" + i, 20);
    }

    var answers = inParallel(20, i -> plugin.buy("buyer-" + i, PLUS));

    assertThat(answers).filteredOn(a -> a.status() == 201).hasSize(5);
    assertThat(answers)
        .filteredOn(a -> a.status() != 201)
        .allSatisfy(a -> assertThat(a.code()).isEqualTo("sold_out"));
    assertThat(db.text("select count(distinct credential_id) from coding_plans.subscription"))
        .isEqualTo("5");
    assertThat(db.text("select sum(balance_microdollars) from coding_plans.credit_account"))
        .isEqualTo("300000000");
  }

  @Test
  @DisplayName("P6 a credential that somebody else is taking and lets go is not sold out")
  void contentionIsNotSoldOut() throws Exception {
    plugin.credit("ann", 20);
    plugin.stock(PLUS, 1);
    try (var other = db.connect();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      takeTheCredential(other);

      var purchase = threads.submit(() -> plugin.buy("ann", PLUS));
      awaitSomebodyWaitsForALock();
      other.rollback();

      assertThat(purchase.get().status()).isEqualTo(201);
    }
  }

  @Test
  @DisplayName(
      "P6 a credential that is held for longer than two seconds makes the plan unavailable")
  void longContentionIsUnavailable() throws Exception {
    plugin.credit("ann", 20);
    plugin.stock(PLUS, 1);
    try (var other = db.connect()) {
      takeTheCredential(other);

      var answer = plugin.buy("ann", PLUS);

      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.code()).isEqualTo("unavailable");
      assertThat(answer.header("retry-after")).isNotEmpty();
    }
    books.assertNothingBought("ann", 20);
  }

  @Test
  @DisplayName("P7 twenty threads with one key: one subscription, one charge, all get it")
  void replayInParallel() throws Exception {
    plugin.credit("ann", 500);
    plugin.stock(PLUS, 5);

    var answers = inParallel(20, i -> plugin.buy("ann", PLUS, "my-key"));

    assertThat(answers).filteredOn(a -> a.status() == 201).hasSize(1);
    assertThat(answers).allSatisfy(a -> assertThat(a.status()).isIn(200, 201));
    assertThat(answers)
        .extracting(a -> a.json().get("id"))
        .containsOnly(answers.getFirst().json().get("id"));
    books.assertOneSubscriptionPaid();
  }

  private static void insertOwnKey(Connection connection, String user) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            """
            insert into coding_plans.byok_key
            values (gen_random_uuid(), ?, 'minimax', 'own', true, '\\x00', 'abcd', null, now(), now())""")) {
      statement.setString(1, user);
      statement.execute();
    }
  }

  private static void takeTheCredential(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("select from coding_plans.credential for update");
    }
  }

  private void awaitSomebodyWaitsForALock() {
    await()
        .until(
            () ->
                !db.text(
                        """
                        select count(*) from pg_stat_activity
                         where datname = current_database() and wait_event_type = 'Lock'""")
                    .equals("0"));
  }

  private static List<Answer> inParallel(int times, IntFunction<Answer> call) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Answer>> calls =
          IntStream.range(0, times).<Callable<Answer>>mapToObj(i -> () -> call.apply(i)).toList();
      return threads.invokeAll(calls).stream().map(PurchaseRaceTest::join).toList();
    }
  }

  private static Answer join(Future<Answer> future) {
    try {
      return future.get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
