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
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Purchases that meet each other, and what else happens at the same time. */
class PurchaseRaceTest {

  private static final int MOST_TRIES = 20;

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
      awaitWaitingForALock(1);
      other.commit();

      assertThat(purchase.get().code()).isEqualTo("byok_key_present");
    }
    books.assertNothingBought("ann", 20);
  }

  @Test
  @DisplayName("P4 fifty purchases at once by one user: one subscription, one charge, no surprises")
  void oneUserManyThreads() throws Exception {
    plugin.credit("ann", 500);
    plugin.stock(PLUS, 50);

    var answers = inParallel(50, i -> buyPatiently("ann", PLUS, "key-" + i));

    assertThat(answers).filteredOn(a -> a.status() == 201).hasSize(1);
    assertThat(answers)
        .filteredOn(a -> a.status() != 201)
        .allSatisfy(a -> assertThat(a.code()).as(a.body()).isEqualTo("provider_plan_active"));
    books.assertOneSubscriptionPaid();
  }

  @Test
  @DisplayName("P4, P8 two plans of one provider at once: one wins")
  void twoPlansOfOneProvider() throws Exception {
    plugin.stock(PLUS, 20);
    plugin.stock(MAX, 20);
    for (int round = 0; round < 20; round++) {
      var user = "buyer-" + round;
      plugin.credit(user, 70);

      var answers = inParallel(2, i -> buyPatiently(user, i == 0 ? PLUS : MAX, "key-" + i));

      assertThat(answers)
          .extracting(a -> a.status() == 201 ? "bought" : a.code())
          .containsExactlyInAnyOrder("bought", "provider_plan_active");
    }
    assertThat(db.text("select count(*) from coding_plans.subscription")).isEqualTo("20");
  }

  @Test
  @DisplayName(
      "P5, P6 two hundred buyers of twenty credentials: each is sold once, the rest is sold out")
  void moreBuyersThanStock() throws Exception {
    plugin.stock(PLUS, 20);
    inParallel(200, i -> credited("buyer-" + i));

    var answers = inParallel(200, i -> buyPatiently("buyer-" + i, PLUS, "key"));

    assertThat(answers).filteredOn(a -> a.status() == 201).hasSize(20);
    assertThat(answers)
        .filteredOn(a -> a.status() != 201)
        .allSatisfy(a -> assertThat(a.code()).as(a.body()).isEqualTo("sold_out"));
    assertSold(20, 200);
  }

  @Test
  @DisplayName(
      "P5, P6 an upload in the middle of a rush: all that it stored is sold, and nothing twice")
  void uploadDuringRush() throws Exception {
    plugin.stock(PLUS, 20);
    inParallel(200, i -> credited("buyer-" + i));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var upload = threads.submit(() -> plugin.stock(PLUS, 20));

      var answers = inParallel(200, i -> buyPatiently("buyer-" + i, PLUS, "key"));
      upload.get();

      assertThat(answers)
          .allSatisfy(
              a -> assertThat(a.status() == 201 ? "sold_out" : a.code()).isEqualTo("sold_out"));
      assertThat(answers).filteredOn(a -> a.status() == 201).hasSizeBetween(20, 40);
    }
    // Who was told before the upload was there asks again.
    inParallel(200, i -> buyPatiently("buyer-" + i, PLUS, "key"));
    assertSold(40, 200);
  }

  @Test
  @DisplayName(
      "P6 while one purchase may still fail, those that wait for its credential are not told sold out")
  void rollbackWhileOthersWait() throws Exception {
    plugin.stock(PLUS, 1);
    inParallel(3, i -> credited("buyer-" + i));
    try (var other = db.connect();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      takeTheCredential(other);

      var purchases =
          IntStream.range(0, 3)
              .mapToObj(i -> threads.submit(() -> plugin.buy("buyer-" + i, PLUS)))
              .toList();
      awaitWaitingForALock(3);
      assertThat(purchases).noneMatch(Future::isDone);
      other.rollback();

      assertThat(purchases.stream().map(PurchaseRaceTest::join))
          .extracting(a -> a.status() == 201 ? "bought" : a.code())
          .containsExactlyInAnyOrder("bought", "sold_out", "sold_out");
    }
    assertSold(1, 3);
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
  @DisplayName("P7 fifty threads with one key: one subscription, one charge, all get it")
  void replayInParallel() throws Exception {
    plugin.credit("ann", 500);
    plugin.stock(PLUS, 5);

    var answers = inParallel(50, i -> buyPatiently("ann", PLUS, "my-key"));

    assertThat(answers).filteredOn(a -> a.status() == 201).hasSize(1);
    assertThat(answers)
        .filteredOn(a -> a.status() != 201)
        .allSatisfy(
            a -> {
              assertThat(a.status()).as(a.body()).isEqualTo(200);
              assertThat(a.header("idempotency-replayed")).isEqualTo("true");
            });
    assertThat(answers)
        .extracting(a -> a.json().get("id"))
        .containsOnly(answers.getFirst().json().get("id"));
    books.assertOneSubscriptionPaid();
  }

  /** Buys as a client does that is told to come back: a slow machine has no turn for everybody. */
  private Answer buyPatiently(String user, String plan, String key) {
    return Stream.generate(() -> plugin.buy(user, plan, key))
        .limit(MOST_TRIES)
        .dropWhile(answer -> answer.status() == 503)
        .findFirst()
        .orElseThrow();
  }

  private String credited(String user) {
    plugin.credit(user, 20);
    return user;
  }

  /** As many credentials were sold, each once, and nobody else of those who had the price paid. */
  private void assertSold(int credentials, int buyers) {
    assertThat(
            db.text(
                "select count(*) || ' ' || count(distinct credential_id) from coding_plans.subscription"))
        .isEqualTo(credentials + " " + credentials);
    assertThat(db.text("select sum(balance_microdollars) from coding_plans.credit_account"))
        .isEqualTo(20 * (buyers - credentials) + "000000");
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

  private void awaitWaitingForALock(int connections) {
    await()
        .until(
            () ->
                db.text(
                    """
                    select count(*) from pg_stat_activity
                     where datname = current_database() and wait_event_type = 'Lock'"""),
            String.valueOf(connections)::equals);
  }

  private static <T> List<T> inParallel(int times, IntFunction<T> call) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<T>> calls =
          IntStream.range(0, times).<Callable<T>>mapToObj(i -> () -> call.apply(i)).toList();
      return threads.invokeAll(calls).stream().map(PurchaseRaceTest::join).toList();
    }
  }

  private static <T> T join(Future<T> future) {
    try {
      return future.get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
