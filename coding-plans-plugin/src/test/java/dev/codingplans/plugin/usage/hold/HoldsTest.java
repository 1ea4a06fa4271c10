package dev.codingplans.plugin.usage.hold;

import static dev.codingplans.plugin.support.Reconciled.assertReconciled;
import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codingplans.gateway.spi.entitlement.Entitlement;
import dev.codingplans.gateway.spi.entitlement.EntitlementQuery.Credits;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.gateway.spi.usage.Consumption;
import dev.codingplans.gateway.spi.usage.Hold;
import dev.codingplans.plugin.support.Life;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HoldsTest {

  private static final long DOLLAR = 1_000_000;
  private static final long CENTS = DOLLAR / 100;

  private static final TestDatabase DATABASE = TestDatabase.fresh();
  private static final List<TestPlugin> NODES = new ArrayList<>();
  private static TestPlugin first;
  private static TestPlugin second;
  private static Life life;

  @BeforeAll
  static void start() {
    for (int i = 0; i < 4; i++) {
      NODES.add(TestPlugin.on(DATABASE));
    }
    first = NODES.getFirst();
    second = NODES.get(1);
    life = new Life(first);
  }

  @AfterAll
  static void stop() {
    NODES.forEach(TestPlugin::close);
  }

  @Test
  @DisplayName(
      "M1 four nodes, one dollar, two hundred requests of two cents: never below zero, 45 or more")
  void neverOverdraws() {
    first.credit("crowd", 1);
    var violations = new ConcurrentLinkedQueue<String>();
    var done = new AtomicBoolean();
    var watch = CompletableFuture.runAsync(() -> watch(violations, done));

    var answers =
        IntStream.range(0, 200)
            .mapToObj(i -> hold(NODES.get(i % 4), "crowd", 2 * CENTS).toCompletableFuture())
            .toList();
    var holds = answers.stream().map(CompletableFuture::join).flatMap(Optional::stream).toList();
    holds.forEach(hold -> hold.settle(used(2 * CENTS)).toCompletableFuture().join());
    apply();
    done.set(true);
    watch.join();

    assertThat(holds).hasSizeBetween(45, 50);
    assertThat(life.balance("crowd")).isEqualTo(DOLLAR - holds.size() * 2 * CENTS);
    assertThat(violations).isEmpty();
    assertReconciled(first);
  }

  @Test
  @DisplayName(
      "M1, M2 a request is charged once, what it cost, and the rest of its hold is free again")
  void settlesOnce() {
    first.credit("once", 1);
    var hold = get(hold(first, "once", 90 * CENTS));
    assertThat(hold(first, "once", 20 * CENTS).toCompletableFuture().join()).isEmpty();

    hold.settle(used(30 * CENTS)).toCompletableFuture().join();
    hold.settle(used(50 * CENTS)).toCompletableFuture().join();
    hold.release();
    apply();

    assertThat(life.balance("once")).isEqualTo(70 * CENTS);
    get(hold(first, "once", 70 * CENTS)).release();
  }

  @Test
  @DisplayName(
      "M2 zero costs nothing, and what cannot be costs no more than was held, marked as estimated")
  void boundsTheCharge() {
    first.credit("bounds", 1);
    get(hold(first, "bounds", 10 * CENTS)).settle(used(0)).toCompletableFuture().join();
    get(hold(first, "bounds", 10 * CENTS))
        .settle(used(Long.MAX_VALUE))
        .toCompletableFuture()
        .join();
    apply();

    assertThat(life.balance("bounds")).isEqualTo(90 * CENTS);
    assertThat(
            DATABASE.texts(
                """
                select charge_microdollars || ' ' || estimated from coding_plans.usage_record
                 where user_id = 'bounds' order by position"""))
        .containsExactly("0 false", "100000 true");
    assertThat(answerOf(hold(first, "bounds", Long.MAX_VALUE))).isEmpty();
  }

  @Test
  @DisplayName("M1 a purchase gets back what no request holds, also from other nodes")
  void purchaseRecallsLeases() {
    first.credit("buyer", 20);
    first.stock(PLUS, 1);
    get(hold(second, "buyer", 5 * DOLLAR)).release();
    assertThat(life.balance("buyer")).isEqualTo(20 * DOLLAR);

    assertThat(first.buy("buyer", PLUS).status()).isEqualTo(201);

    assertThat(life.balance("buyer")).isZero();
  }

  @Test
  @DisplayName("M1 a lease that was recalled after it had paid goes on from what is left")
  void recalledLeaseGoesOn() {
    first.credit("comeback", 26);
    first.stock(PLUS, 1);
    get(hold(second, "comeback", 5 * DOLLAR)).settle(used(5 * DOLLAR)).toCompletableFuture().join();
    apply();
    assertThat(first.buy("comeback", PLUS).status()).isEqualTo(201);

    get(hold(second, "comeback", DOLLAR)).settle(used(DOLLAR)).toCompletableFuture().join();
    apply();

    assertThat(life.balance("comeback")).isZero();
    assertReconciled(first);
  }

  @Test
  @DisplayName("M1 who has no money leaves no lease, and can use a credit that arrives")
  void usesCreditsThatArrive() {
    first.credit("poor", 1);
    get(hold(first, "poor", DOLLAR)).settle(used(DOLLAR)).toCompletableFuture().join();
    apply();
    assertThat(answerOf(hold(second, "poor", CENTS))).isEmpty();
    assertThat(answerOf(hold(second, "stranger", CENTS))).isEmpty();
    assertThat(
            DATABASE.texts(
                """
                select user_id from coding_plans.credit_lease
                 where user_id in ('poor', 'stranger') and charged_microdollars = 0"""))
        .isEmpty();

    first.credit("poor", 1);

    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> answerOf(hold(second, "poor", CENTS)).isPresent());
  }

  @Test
  @DisplayName("M1 a purchase waits for what requests hold, and is then refused for the time being")
  void purchaseWaitsForHolds() {
    first.credit("waiter", 20);
    first.stock(PLUS, 1);
    var hold = get(hold(second, "waiter", 5 * DOLLAR));

    assertThat(first.buy("waiter", PLUS).code()).isEqualTo("unavailable");

    hold.release();
    assertThat(first.buy("waiter", PLUS).status()).isEqualTo(201);
  }

  @Test
  @DisplayName("M1 leases never cause grace: the sweep gets them back and renews")
  void renewalRecallsLeases() {
    var id = life.subscribe("renewer", PLUS, 40);
    get(hold(second, "renewer", 5 * DOLLAR)).release();
    life.advance(Duration.ofDays(30));

    life.sweep();

    assertThat(life.status(id)).isEqualTo("active");
    assertThat(life.balance("renewer")).isZero();
    assertThat(
            DATABASE.text(
                """
                select count(*) from coding_plans.event
                 where user_id = 'renewer' and type = 'subscription.past_due'"""))
        .isEqualTo("0");
  }

  @Test
  @DisplayName("M4 the lease of a node that died is the user's again once it has expired")
  void expiredLeasesComeBack() {
    first.credit("heir", 1);
    DATABASE.execute(
        """
        insert into coding_plans.credit_lease (id, user_id, granted_microdollars, expires_at)
        values (gen_random_uuid(), 'heir', 900000, clock_timestamp() + interval '3 seconds')""");

    assertThat(answerOf(hold(first, "heir", 50 * CENTS))).isEmpty();

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> answerOf(hold(first, "heir", 50 * CENTS)).isPresent());
  }

  @Test
  @DisplayName("M1, D2 a hold is as large as the discounted price of the moment")
  void holdsTheDiscountedPrice() {
    first.credit("loyal", 1);
    assertThat(answerOf(hold(first, "loyal", 2 * DOLLAR))).isEmpty();
    life.advance(Duration.ofDays(7));

    var hold = get(hold(first, "loyal", 2 * DOLLAR));

    hold.settle(used(2 * DOLLAR)).toCompletableFuture().join();
    apply();
    assertThat(life.balance("loyal")).isZero();
  }

  @Test
  @DisplayName(
      "E3, E4 whether credits pay is asked of the user, and known to every node within a second")
  void preferenceIsKnownEverywhere() {
    var id = life.subscribe("chooser", PLUS, 20);
    TestPlugin.require(life.asAdmin(id, "terminate", ""), 200);
    await().until(() -> resolve(second, "chooser") instanceof Entitlement.Denied);
    assertThat(second.get("/api/preferences", "user:chooser").body())
        .isEqualTo("{\"payFromCreditsWhenPlanExhausted\":false}");

    var put =
        first.call(
            "PUT",
            "/api/preferences",
            "user:chooser",
            "{\"payFromCreditsWhenPlanExhausted\": true}");

    assertThat(put.status()).isEqualTo(200);
    assertThat(resolve(first, "chooser")).isEqualTo(new Entitlement.Metered());
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> resolve(second, "chooser") instanceof Entitlement.Metered);
  }

  @Test
  @DisplayName("X6 a deleted account leaves neither a lease nor a preference")
  void deletionTakesAll() {
    first.credit("leaver", 1);
    first.call(
        "PUT", "/api/preferences", "user:leaver", "{\"payFromCreditsWhenPlanExhausted\": true}");
    get(hold(second, "leaver", 5 * CENTS));

    TestPlugin.require(first.call("DELETE", "/admin/api/users/leaver", "admin:root", ""), 204);

    assertThat(
            DATABASE.text(
                """
                select (select count(*) from coding_plans.user_preference where user_id = 'leaver')
                     + (select count(*) from coding_plans.credit_lease
                         where user_id = 'leaver' or user_id like 'deleted-%')"""))
        .isEqualTo("0");
  }

  @Test
  @DisplayName("X6 the lease of a deleted account soon pays for nothing more")
  void deletedAccountsPayNoMore() {
    first.credit("ghost", 20);
    var open = get(hold(second, "ghost", 5 * DOLLAR));

    TestPlugin.require(first.call("DELETE", "/admin/api/users/ghost", "admin:root", ""), 204);

    await()
        .atMost(Duration.ofSeconds(6))
        .until(
            () -> {
              var more = answerOf(hold(second, "ghost", CENTS));
              more.ifPresent(Hold::release);
              return more.isEmpty();
            });
    open.release();
  }

  private static Entitlement resolve(TestPlugin node, String user) {
    return node.resolve(user, "MiniMax-M2", Credits.TAKEN);
  }

  private static CompletionStage<Optional<Hold>> hold(TestPlugin node, String user, long cost) {
    return node.registrations().creditHolds().hold(new UserId(user), cost);
  }

  private static Hold get(CompletionStage<Optional<Hold>> hold) {
    return answerOf(hold).orElseThrow();
  }

  private static Optional<Hold> answerOf(CompletionStage<Optional<Hold>> hold) {
    return hold.toCompletableFuture().join();
  }

  private static Consumption used(long listCost) {
    return new Consumption(1_000, listCost, false);
  }

  private static void apply() {
    TestPlugin.require(first.call("POST", "/admin/api/usage/apply", "admin:root", ""), 200);
  }

  /** Looks at every commit that it can see. */
  private static void watch(ConcurrentLinkedQueue<String> violations, AtomicBoolean done) {
    while (!done.get()) {
      violations.addAll(
          DATABASE.texts(
              """
              select account.balance_microdollars || ' < ' || leased.total
                from coding_plans.credit_account account
                join (select user_id, sum(granted_microdollars - charged_microdollars) as total
                        from coding_plans.credit_lease
                       where granted_microdollars > charged_microdollars
                         and expires_at > clock_timestamp()
                       group by user_id) leased on leased.user_id = account.user_id
               where account.user_id = 'crowd' and account.balance_microdollars < leased.total"""));
    }
  }
}
