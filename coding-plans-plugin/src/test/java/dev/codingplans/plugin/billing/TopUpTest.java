package dev.codingplans.plugin.billing;

import static dev.codingplans.plugin.support.Life.assertSwept;
import static dev.codingplans.plugin.support.Reconciled.assertReconciled;
import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codingplans.gateway.spi.lifecycle.TopUpPort;
import dev.codingplans.gateway.spi.lifecycle.TopUpPort.Result;
import dev.codingplans.gateway.spi.lifecycle.TopUpPort.TopUp;
import dev.codingplans.plugin.support.Life;
import dev.codingplans.plugin.support.RecordedMeters;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestHost;
import dev.codingplans.plugin.support.TestPlugin;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TopUpTest {

  private static final Duration PERIOD = Duration.ofDays(30);
  private static final long DOLLAR = 1_000_000;

  private final Payments payments = new Payments();
  private final RecordedMeters meters = new RecordedMeters();
  private TestPlugin plugin;
  private Life life;

  @BeforeEach
  void start() {
    var db = TestDatabase.fresh();
    plugin =
        TestPlugin.on(
            db, new TestHost(TestPlugin.settings(db, Map.of()), List.of(), payments, meters));
    life = new Life(plugin);
  }

  @AfterEach
  void stop() {
    assertReconciled(plugin);
    plugin.close();
  }

  @Test
  @DisplayName("G2, G3 what is missing is collected once, credited, and renews at once")
  void collects() {
    var id = life.subscribe("ann", PLUS, 32);
    assertThat(switchOn("ann", true).get("autoTopUp").asBoolean()).isTrue();
    life.advance(PERIOD);

    assertThat(life.sweep().get("topUpsRequested").asInt()).isEqualTo(1);

    assertThat(payments.asked).hasSize(1);
    assertThat(payments.asked.element().user().value()).isEqualTo("ann");
    assertThat(payments.asked.element().amountMicrodollars()).isEqualTo(8 * DOLLAR);
    assertThat(payments.asked.element().reference()).contains(id);
    assertThat(life.status(id)).isEqualTo("active");
    assertThat(life.balance("ann")).isZero();
    assertThat(attempts()).containsExactly("succeeded");
    assertThat(
            plugin
                .database()
                .text(
                    """
                    select concat_ws('|', kind, amount_microdollars, description)
                      from coding_plans.ledger_entry where idempotency_key = 'top-up:' || ?\
                    """,
                    payments.asked.element().id()))
        .isEqualTo("paid_credit|8000000|Automatic top-up");
  }

  @Test
  @DisplayName("G2 an attempt counts even if it fails, and there is another for the next due term")
  void asksOncePerTerm() {
    payments.answer = CompletableFuture.completedFuture(new Result.Failed("declined"));
    var id = life.subscribe("ann", PLUS, 32);
    switchOn("ann", true);
    life.advance(PERIOD);

    assertSwept(life.sweep(), "pastDueStarted=1 topUpsRequested=1 waiting=1");
    assertSwept(life.sweep(), "waiting=1");
    switchOn("ann", true);
    plugin.credit("ann", 1);
    assertThat(payments.asked).hasSize(1);
    assertThat(attempts()).containsExactly("failed");

    plugin.credit("ann", 7);
    assertThat(life.status(id)).isEqualTo("active");
    life.advance(PERIOD);
    assertSwept(life.sweep(), "pastDueStarted=1 topUpsRequested=1 waiting=1");
    assertThat(payments.asked).hasSize(2);
  }

  @Test
  @DisplayName("G2 a host that answers later, fails, or throws is not asked again")
  void otherAnswers() {
    var failing = List.of("pending", "failed", "thrown");
    for (var user : failing) {
      life.subscribe(user, PLUS, 32);
      switchOn(user, true);
    }
    payments.byUser = true;
    life.advance(PERIOD);

    assertSwept(life.sweep(), "pastDueStarted=3 topUpsRequested=3 waiting=3");
    assertSwept(life.sweep(), "waiting=3");

    assertThat(payments.asked).hasSize(3);
    assertThat(attempts()).containsExactlyInAnyOrder("pending", "failed", "failed");
    assertThat(meters.value("topups", "pending")).isEqualTo(1);
    assertThat(meters.value("topups", "failed")).isEqualTo(2);
  }

  @Test
  @DisplayName("G2 nobody is charged who has not switched it on, or who has cancelled")
  void onlyTheWilling() {
    life.subscribe("ann", PLUS, 32);
    var id = life.subscribe("bob", PLUS, 32);
    switchOn("bob", true);
    life.cancel("bob", id);
    life.advance(PERIOD);

    assertSwept(life.sweep(), "pastDueStarted=1 endedAtPeriodEnd=1 waiting=1");
    assertThat(payments.asked).isEmpty();

    switchOn("ann", true);
    await().untilAsserted(() -> assertThat(life.balance("ann")).isZero());
    assertThat(payments.asked).hasSize(1);
  }

  @Test
  @DisplayName("G2 credit that was collected is never lost: a host that answers late is heard")
  void hearsLateAnswers() {
    var late = new CompletableFuture<Result>();
    payments.answer = late;
    var id = life.subscribe("ann", PLUS, 32);
    switchOn("ann", true);
    life.advance(PERIOD);

    assertSwept(life.sweep(), "pastDueStarted=1 topUpsRequested=1 waiting=1");
    assertThat(attempts()).containsExactly("requested");
    late.complete(new Result.Succeeded());

    await().untilAsserted(() -> assertThat(life.status(id)).isEqualTo("active"));
    assertThat(attempts()).containsExactly("succeeded");
  }

  @Test
  @DisplayName("G2, X6 what was collected for an account that is gone by then opens none")
  void parksForDeletedAccounts() {
    var late = new CompletableFuture<Result>();
    payments.answer = late;
    life.subscribe("ann", PLUS, 32);
    switchOn("ann", true);
    life.advance(PERIOD);
    life.sweep();

    TestPlugin.require(plugin.call("DELETE", "/admin/api/users/ann", "admin:root", ""), 204);
    late.complete(new Result.Succeeded());

    await().untilAsserted(() -> assertThat(attempts()).containsExactly("parked"));
    assertThat(plugin.database().texts("select user_id from coding_plans.credit_account"))
        .noneMatch("ann"::equals);
  }

  @Test
  @DisplayName(
      "G2 an attempt is recorded before the host is asked: after a crash there is no second")
  void recordedBefore() {
    payments.seenAtCall =
        topUp ->
            plugin
                .database()
                .text(
                    "select state from coding_plans.top_up where id = ?::uuid",
                    topUp.id().toString());
    life.subscribe("ann", PLUS, 32);
    switchOn("ann", true);
    life.advance(PERIOD);

    life.sweep();

    assertThat(payments.states).containsExactly("requested");
  }

  @Test
  @DisplayName("G2, X6 an answer that waits behind the deletion of its account opens it not again")
  void parksBehindADeletion() throws Exception {
    var late = new CompletableFuture<Result>();
    payments.answer = late;
    life.subscribe("ann", PLUS, 32);
    switchOn("ann", true);
    life.advance(PERIOD);
    life.sweep();

    try (var holder = plugin.database().connect();
        var statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute(
          "select from coding_plans.credit_account where user_id = 'ann' for no key update");
      var deletion =
          CompletableFuture.supplyAsync(
              () -> plugin.call("DELETE", "/admin/api/users/ann", "admin:root", ""));
      await().until(() -> waitingForLocks() == 1);
      late.complete(new Result.Succeeded());
      await().until(() -> waitingForLocks() == 2);
      holder.rollback();
      TestPlugin.require(deletion.get(), 204);
    }

    await().untilAsserted(() -> assertThat(attempts()).containsExactly("parked"));
    assertThat(plugin.database().texts("select user_id from coding_plans.credit_account"))
        .noneMatch("ann"::equals);
  }

  private int waitingForLocks() {
    return Integer.parseInt(
        plugin
            .database()
            .text(
                """
                select count(*) from pg_stat_activity
                 where datname = current_database() and wait_event_type = 'Lock'\
                """));
  }

  private JsonNode switchOn(String user, boolean enabled) {
    var answer =
        plugin.call(
            "PUT", "/api/credits/auto-top-up", "user:" + user, "{\"enabled\": " + enabled + "}");
    TestPlugin.require(answer, 200);
    return answer.json();
  }

  private List<String> attempts() {
    return plugin.database().texts("select state from coding_plans.top_up order by requested_at");
  }

  /** A payment service of the host's, which notes what it is asked. */
  private static final class Payments implements TopUpPort {

    final Queue<TopUp> asked = new ConcurrentLinkedQueue<>();
    final Queue<String> states = new ConcurrentLinkedQueue<>();
    volatile CompletionStage<Result> answer =
        CompletableFuture.completedFuture(new Result.Succeeded());
    volatile boolean byUser;
    volatile Function<TopUp, String> seenAtCall = topUp -> "";

    @Override
    public CompletionStage<Result> request(TopUp topUp) {
      asked.add(topUp);
      states.add(seenAtCall.apply(topUp));
      if (!byUser) {
        return answer;
      }
      return switch (topUp.user().value()) {
        case "pending" -> CompletableFuture.completedFuture(new Result.Pending());
        case "failed" -> CompletableFuture.failedFuture(new IllegalStateException("down"));
        default -> throw new IllegalStateException("broken");
      };
    }
  }
}
