package dev.codingplans.plugin.failure;

import static dev.codingplans.plugin.support.Reconciled.assertReconciled;
import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.codingplans.entitlement.EntitlementsUnavailable;
import dev.codingplans.gateway.spi.Meters;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.entitlement.Entitlement;
import dev.codingplans.gateway.spi.entitlement.Entitlement.Denied;
import dev.codingplans.gateway.spi.entitlement.Entitlement.Metered;
import dev.codingplans.gateway.spi.entitlement.Entitlement.OwnKey;
import dev.codingplans.gateway.spi.entitlement.Entitlement.PlanKey;
import dev.codingplans.gateway.spi.entitlement.EntitlementQuery;
import dev.codingplans.gateway.spi.entitlement.EntitlementQuery.Credits;
import dev.codingplans.gateway.spi.entitlement.Scope;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.gateway.spi.usage.Consumption;
import dev.codingplans.gateway.spi.usage.Hold;
import dev.codingplans.plugin.support.Life;
import dev.codingplans.plugin.support.RecordedMeters;
import dev.codingplans.plugin.support.Relay;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of FAILURES.md that need no second server and no second process. */
@Timeout(120)
class FailureMatrixTest {

  /** What a client is to know within, and as much again for a machine that is busy. */
  private static final Duration IN_TIME = Duration.ofSeconds(10);

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long MOST_COST = 100_000;
  private static final String STALE = "entitlement.cache.stale.serving";
  private static final String LAG = "entitlement.feed.lag.seconds";

  private TestDatabase db = TestDatabase.fresh();
  private final Relay wire = Relay.to(db.port());
  private final RecordedMeters meters = new RecordedMeters();

  @AfterEach
  void close() throws Exception {
    wire.close();
  }

  @Test
  @DisplayName(
      "E4 database slow: who is known is served at once, others and changes a little later")
  void slow() {
    try (var node = node(Map.of(), meters)) {
      serveAnnAndBob(node);

      wire.delay(Duration.ofMillis(100));

      assertThat(asked(node, "ann")).isDone();
      assertThat(asked(node, "bob")).isDone();
      assertThat(node.resolve("eve")).isInstanceOf(Denied.class);
      disable("bob");
      eventually(() -> assertThat(node.resolve("bob")).isInstanceOf(Denied.class));
      assertThat(meters.value(STALE)).isZero();
      assertThat(putKey(node, "eve").status()).isEqualTo(200);
      assertThat(node.resolve("eve")).isInstanceOf(OwnKey.class);
    }
  }

  @Test
  @DisplayName(
      "E4 database down: who is known is served up to the bound, the rest is unavailable in time")
  void down() {
    var brief = Map.of("CODING_PLANS_MAX_STALENESS", "PT1S", "CODING_PLANS_MAX_OUTAGE", "PT3S");
    try (var node = node(Map.of("CODING_PLANS_MAX_STALENESS", "PT1S"), meters);
        var impatient = node(brief, Meters.none())) {
      serveAnnAndBob(node);
      assertThat(impatient.resolve("ann")).isInstanceOf(PlanKey.class);

      wire.cut();

      await().atMost(PATIENCE).until(() -> meters.value(LAG) > 1.5);
      assertThat(node.resolve("ann")).isInstanceOf(PlanKey.class);
      assertThat(node.resolve("bob")).isInstanceOf(OwnKey.class);
      await().atMost(PATIENCE).until(() -> asked(node, "ann").isDone());
      assertThat(meters.value(STALE)).isEqualTo(1);
      inTime(
          () ->
              assertThatThrownBy(() -> node.resolve("eve"))
                  .hasCauseInstanceOf(EntitlementsUnavailable.class));
      inTime(() -> assertUnavailable(node.buy("ann", PLUS)));
      inTime(() -> assertUnavailable(putKey(node, "eve")));
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> impatient.resolve("ann"))
                      .hasCauseInstanceOf(EntitlementsUnavailable.class));

      wire.mend();
      eventually(() -> assertThat(impatient.resolve("ann")).isInstanceOf(PlanKey.class));
      eventually(() -> assertThat(putKey(node, "eve").status()).isEqualTo(200));
      await().atMost(PATIENCE).until(() -> meters.value(STALE) == 0);
    }
  }

  @Test
  @DisplayName(
      "M1, E4 database down: credits pay from a lease until it is used up, then nothing, at once")
  void downForCredits() {
    try (var node = node(Map.of(), meters)) {
      serveAnnAndBob(node);
      node.credit("lea", 1);
      node.credit("ned", 1);
      // A lease is given for twice as much as its first request can cost.
      settle(held(node, "lea").join().orElseThrow());
      assertThat(paidFromCredits(node, "ned")).isEqualTo(new Metered());

      wire.cut();

      settle(held(node, "lea").join().orElseThrow());
      inTime(() -> assertNothingIsHeld(node, "lea"));
      inTime(() -> assertNothingIsHeld(node, "ned"));
      inTime(
          () -> {
            for (int i = 0; i < 10; i++) {
              assertNothingIsHeld(node, "lea");
              assertNothingIsHeld(node, "ned");
            }
          });
      assertThat(paidFromCredits(node, "ned")).isEqualTo(new Metered());
      assertThat(node.resolve("ann")).isInstanceOf(PlanKey.class);
      assertThat(node.resolve("bob")).isInstanceOf(OwnKey.class);

      wire.mend();
      eventually(() -> held(node, "ned").join().orElseThrow().release());
      eventually(
          () -> {
            TestPlugin.require(node.call("POST", "/admin/api/usage/apply", "admin:root", ""), 200);
            assertThat(new Life(node).balance("lea")).isEqualTo(1_000_000 - 2 * MOST_COST);
          });
      assertReconciled(node);
    }
  }

  @Test
  @DisplayName("E4 feed interrupted: nobody is served for longer than the bound without a load")
  void feedInterrupted() {
    // The node's own role may be denied to read what it may write; the superuser may not. It owns
    // what it has made.
    db = TestDatabase.empty();
    db.execute("create role feed_reader login");
    db.execute(
        """
        do $$ begin
          execute format('grant create on database %I to feed_reader', current_database());
        end $$""");
    var settings =
        Map.of(
            "DATABASE_URL", db.url().replaceFirst("\\?.*", ""),
            "DATABASE_USER", "feed_reader",
            "CODING_PLANS_MAX_STALENESS", "PT2S");
    try (var node = TestPlugin.on(db, settings, meters)) {
      serveAnnAndBob(node);

      db.execute("revoke select on coding_plans.entitlement_change from feed_reader");
      disable("bob");

      eventually(() -> assertThat(node.resolve("bob")).isInstanceOf(Denied.class));
      assertThat(meters.value(LAG)).isGreaterThan(1);
      assertThat(node.resolve("ann")).isInstanceOf(PlanKey.class);
      assertThat(node.resolve("eve")).isInstanceOf(Denied.class);
      assertThat(meters.value(STALE)).isZero();
      assertThat(putKey(node, "eve").status()).isEqualTo(200);
      assertThat(node.resolve("eve")).isInstanceOf(OwnKey.class);

      db.execute("grant select on coding_plans.entitlement_change to feed_reader");
      await().atMost(PATIENCE).until(() -> meters.value(LAG) < 1);
    } finally {
      db.execute("drop owned by feed_reader cascade");
      db.execute("drop role feed_reader");
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"- interval '1 hour'", "+ interval '1 hour'"})
  @DisplayName("T1, E2 clock off by an hour: access ends by the database's clock on every node")
  void clockOff(String off) {
    try (var node = node(Map.of(), meters)) {
      serveAnnAndBob(node);
      // As a node sees it, its own clock is then ahead, or behind.
      db.execute(
          """
          create or replace function coding_plans.product_now() returns timestamptz
            language sql volatile
            return clock_timestamp() %s"""
              .formatted(off));
      try (var late = node(Map.of(), Meters.none())) {
        db.execute(
            """
            update coding_plans.subscription
               set cancel_at_period_end = true,
                   current_period_start = coding_plans.product_now() - interval '30 days',
                   current_period_end = coding_plans.product_now() + interval '3 seconds'""");

        await()
            .atMost(PATIENCE)
            .until(
                () -> {
                  var answers = List.of(node.resolve("ann"), late.resolve("ann"));
                  if (!endsWithin("1 second")) {
                    assertThat(answers).allMatch(PlanKey.class::isInstance);
                  }
                  return endsWithin("0 seconds");
                });
        assertThat(late.resolve("ann")).isInstanceOf(Denied.class);
        assertThat(node.resolve("ann")).isInstanceOf(Denied.class);
      }
    }
  }

  private boolean endsWithin(String interval) {
    return db.text(
            """
            select coding_plans.product_now() >= current_period_end - cast(? as interval)
              from coding_plans.subscription""",
            interval)
        .equals("t");
  }

  private TestPlugin node(Map<String, String> changes, Meters figures) {
    var settings = new HashMap<>(Map.of("DATABASE_URL", db.urlOver(wire.port())));
    settings.putAll(changes);
    return TestPlugin.on(db, settings, figures);
  }

  /** Ann has a plan and bob a key of his own, and the node knows them. */
  private static void serveAnnAndBob(TestPlugin node) {
    node.stock(PLUS, 1);
    node.credit("ann", 40);
    TestPlugin.require(node.buy("ann", PLUS), 201);
    node.credit("eve", 1);
    TestPlugin.require(putKey(node, "bob"), 200);
    assertThat(node.resolve("ann")).isInstanceOf(PlanKey.class);
    assertThat(node.resolve("bob")).isInstanceOf(OwnKey.class);
  }

  private void disable(String user) {
    db.execute("update coding_plans.byok_key set enabled = false where user_id = ?", user);
  }

  private static Answer putKey(TestPlugin node, String user) {
    return node.call(
        "PUT",
        "/api/byok/minimax",
        "user:" + user,
        "{\"apiKey\": \"sk-key-of-%s\", \"enabled\": true}".formatted(user));
  }

  private static CompletableFuture<Entitlement> asked(TestPlugin node, String user) {
    return node.registrations()
        .entitlements()
        .resolve(
            new EntitlementQuery(
                new Scope.Personal(new UserId(user)), new ProviderId("minimax"), "MiniMax-M2"))
        .toCompletableFuture();
  }

  private static Entitlement paidFromCredits(TestPlugin node, String user) {
    return node.resolve(user, "MiniMax-M2", Credits.TAKEN);
  }

  private static CompletableFuture<Optional<Hold>> held(TestPlugin node, String user) {
    return node.registrations()
        .creditHolds()
        .hold(new UserId(user), MOST_COST)
        .toCompletableFuture();
  }

  private static void assertNothingIsHeld(TestPlugin node, String user) {
    assertThatThrownBy(() -> held(node, user).join()).isInstanceOf(CompletionException.class);
  }

  /** The record of it waits in memory while the database is away. */
  private static void settle(Hold hold) {
    var unused = hold.settle(new Consumption(1_000, MOST_COST, false));
  }

  private static void assertUnavailable(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("unavailable");
    assertThat(answer.header("retry-after")).matches("[1-9]\\d*");
  }

  private static void inTime(Runnable check) {
    var before = System.nanoTime();
    check.run();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(IN_TIME);
  }

  private static void eventually(org.awaitility.core.ThrowingRunnable assertion) {
    await().atMost(PATIENCE).ignoreExceptions().untilAsserted(assertion);
  }
}
