package dev.codingplans.entitlement;

import static dev.codingplans.entitlement.Samples.ALICE;
import static dev.codingplans.entitlement.Samples.BOB;
import static dev.codingplans.entitlement.Samples.MINIMAX;
import static dev.codingplans.entitlement.Samples.NOON;
import static dev.codingplans.entitlement.Samples.ownKey;
import static dev.codingplans.entitlement.Samples.planKey;
import static dev.codingplans.entitlement.Samples.query;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.codingplans.gateway.spi.Meters;
import dev.codingplans.gateway.spi.entitlement.Entitlement;
import dev.codingplans.gateway.spi.entitlement.Entitlement.Denied;
import dev.codingplans.gateway.spi.entitlement.Entitlement.Metered;
import dev.codingplans.gateway.spi.entitlement.Entitlement.OwnKey;
import dev.codingplans.gateway.spi.entitlement.Entitlement.PlanKey;
import dev.codingplans.gateway.spi.identity.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ChangeTailerTest {

  private static final Duration STALENESS = CachePolicy.DEFAULT.maxStaleness();
  private static final Duration OUTAGE = CachePolicy.DEFAULT.maxOutage();
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final ManualNanos nanos = new ManualNanos();
  private final RecordedMeters meters = new RecordedMeters();
  private Instant productNow = NOON;
  private final MemoryStore store = new MemoryStore(() -> productNow);
  private final EntitlementCache cache =
      new EntitlementCache(store, Set.of(MINIMAX), CachePolicy.DEFAULT, meters, nanos);
  private final ChangeTailer tailer = new ChangeTailer(store, cache);

  @BeforeEach
  void firstRead() {
    store.commit(ALICE, ownKey("old"));
    tailer.poll();
  }

  @AfterEach
  void close() {
    tailer.close();
    cache.close();
  }

  @Test
  @DisplayName("E4 a change of another node is seen with the next read")
  void changeIsSeen() throws Exception {
    assertThat(keyOf(ALICE)).isEqualTo("old");

    store.commit(ALICE, ownKey("new"));
    tailer.poll();

    assertThat(keyOf(ALICE)).isEqualTo("new");
  }

  @Test
  @DisplayName("E4 a change that commits after changes of later transactions is not skipped")
  void slowTransactionIsNotSkipped() throws Exception {
    var slow = store.begin().write(ALICE, ownKey("slow"));
    store.commit(BOB, ownKey("quick"));
    tailer.poll();
    assertThat(keyOf(ALICE)).isEqualTo("old");
    assertThat(keyOf(BOB)).isEqualTo("quick");

    slow.commit();
    tailer.poll();

    assertThat(keyOf(ALICE)).isEqualTo("slow");
  }

  @Test
  @DisplayName("E4 an idle transaction elsewhere holds nobody's changes back, and costs no reloads")
  void idleTransactionStallsNobody() throws Exception {
    var idle = store.begin();
    for (int i = 0; i < 5; i++) {
      store.commit(ALICE, ownKey("key-" + i));
      tailer.poll();
      assertThat(keyOf(ALICE)).isEqualTo("key-" + i);
    }
    var loads = loadCount();

    tailer.poll();
    tailer.poll();
    assertThat(keyOf(ALICE)).isEqualTo("key-4");
    assertThat(loadCount()).isEqualTo(loads);

    idle.commit();
    tailer.poll();
    tailer.poll();
    assertThat(keyOf(ALICE)).isEqualTo("key-4");
    assertThat(loadCount()).isEqualTo(loads);
  }

  @Test
  @DisplayName("E4 when more changed than the feed lists, everything cached is dropped, once")
  void veryMuchChangesAtOnce() throws Exception {
    assertThat(keyOf(ALICE)).isEqualTo("old");
    store.listAtMost(1);
    store.begin().write(BOB, ownKey("bulk")).write(ALICE, ownKey("bulk")).commit();

    tailer.poll();
    assertThat(keyOf(ALICE)).isEqualTo("bulk");
    assertThat(keyOf(BOB)).isEqualTo("bulk");

    var loads = loadCount();
    tailer.poll();
    assertThat(keyOf(ALICE)).isEqualTo("bulk");
    assertThat(loadCount()).isEqualTo(loads);
  }

  @Test
  @DisplayName("E4 what was cached before the first read is dropped by it")
  void firstReadDropsEverything() throws Exception {
    try (var other =
            new EntitlementCache(
                store, Set.of(MINIMAX), CachePolicy.DEFAULT, Meters.none(), nanos);
        var late = new ChangeTailer(store, other)) {
      other.facts(ALICE).toCompletableFuture().get(5, SECONDS);
      store.commit(ALICE, ownKey("new"));

      late.poll();

      assertThat(other.facts(ALICE).toCompletableFuture().get(5, SECONDS)).isEqualTo(ownKey("new"));
    }
  }

  @Test
  @DisplayName("E4 while the feed is interrupted no answer older than 30 s is used without a load")
  void interruptionBoundsStaleness() throws Exception {
    assertThat(keyOf(ALICE)).isEqualTo("old");
    store.commit(ALICE, ownKey("new"));

    nanos.advance(STALENESS);
    assertThat(keyOf(ALICE)).isEqualTo("old");
    nanos.advance(MOMENT);
    assertThat(keyOf(ALICE)).isEqualTo("new");

    // The second was begun ahead; if it is slow, its caller has begun a third.
    assertThat(loadCount()).isBetween(2L, 3L);
    assertThat(meters.gauge("entitlement.feed.lag.seconds")).isGreaterThan(30);
    assertThat(meters.gauge("entitlement.cache.stale.serving")).isZero();
  }

  @Test
  @DisplayName("E4 a fresh load restarts the bound of an interruption")
  void freshLoadRestartsTheBound() throws Exception {
    keyOf(ALICE);
    nanos.advance(STALENESS.plus(MOMENT));
    keyOf(ALICE);
    nanos.advance(STALENESS.dividedBy(5).multipliedBy(4));
    keyOf(ALICE);

    assertThat(loadCount()).isEqualTo(2);
  }

  @Test
  @DisplayName("E4 with the store down, what is cached serves up to 10 min, and the gauge says so")
  void outageIsBounded() throws Exception {
    assertThat(keyOf(ALICE)).isEqualTo("old");
    store.goDown();
    tailer.poll();

    nanos.advance(STALENESS.plus(MOMENT));
    assertThat(keyOf(ALICE)).isEqualTo("old");
    assertThat(meters.gauge("entitlement.cache.stale.serving")).isEqualTo(1);

    nanos.advance(OUTAGE.minus(STALENESS).minus(MOMENT));
    assertThat(keyOf(ALICE)).isEqualTo("old");

    nanos.advance(MOMENT);
    assertThatThrownBy(() -> keyOf(ALICE)).cause().isInstanceOf(EntitlementsUnavailable.class);
    assertThat(meters.gauge("entitlement.cache.entries")).isZero();
  }

  @Test
  @DisplayName("E4 with the store down, it is asked again only now and then")
  void outageDoesNotFloodTheStore() throws Exception {
    keyOf(ALICE);
    store.goDown();
    nanos.advance(STALENESS.plus(MOMENT));
    for (int i = 0; i < 10; i++) {
      keyOf(ALICE);
    }
    assertThat(meters.count("entitlement.cache.load.failures")).isEqualTo(1);

    nanos.advance(CachePolicy.DEFAULT.retryInterval());
    keyOf(ALICE);
    await().until(() -> meters.count("entitlement.cache.load.failures") == 2);
  }

  @Test
  @DisplayName("E4 with the store down, nobody waits for it but the first who finds out")
  void outageKeepsNobodyWaiting() throws Exception {
    keyOf(ALICE);
    keyOf(BOB);
    store.goDown();
    nanos.advance(STALENESS.plus(MOMENT));
    keyOf(ALICE);

    assertThat(cache.resolve(query(BOB)).toCompletableFuture()).isDone();
    nanos.advance(CachePolicy.DEFAULT.retryInterval().plus(MOMENT));
    assertThat(cache.resolve(query(ALICE)).toCompletableFuture()).isDone();
    await().until(() -> meters.count("entitlement.cache.load.failures") == 2);
    assertThat(cache.resolve(query(BOB)).toCompletableFuture()).isDone();
  }

  @Test
  @DisplayName("E4 what a store failed long ago makes no stale answer good")
  void oldFailureSaysNothing() throws Exception {
    keyOf(ALICE);
    store.goDown();
    nanos.advance(STALENESS.plus(MOMENT));
    keyOf(ALICE);
    store.commit(ALICE, ownKey("new"));
    store.comeBack();

    nanos.advance(
        CachePolicy.DEFAULT.retryInterval().plus(CachePolicy.DEFAULT.loadTimeout()).plus(MOMENT));

    assertThat(keyOf(ALICE)).isEqualTo("new");
  }

  @Test
  @DisplayName("E4 a node that stood still for longer than the log may be kept starts anew")
  void machineIsSuspended() throws Exception {
    assertThat(keyOf(ALICE)).isEqualTo("old");
    store.commit(ALICE, ownKey("meanwhile"));
    store.forgetChanges();
    productNow = NOON.plus(Duration.ofDays(40));

    tailer.poll();

    assertThat(keyOf(ALICE)).isEqualTo("meanwhile");
  }

  @Test
  @DisplayName("E2 with the store down, access still ends exactly")
  void outageDoesNotProlongAccess() throws Exception {
    store.commit(ALICE, planKey("plan", NOON.plusSeconds(60)));
    tailer.poll();
    assertThat(keyOf(ALICE)).isEqualTo("plan");
    store.goDown();

    nanos.advance(Duration.ofSeconds(60).minusNanos(1));
    assertThat(keyOf(ALICE)).isEqualTo("plan");
    nanos.advance(Duration.ofNanos(1));
    assertThat(decisionFor(ALICE)).isInstanceOf(Denied.class);
  }

  @Test
  @DisplayName("E4 after an interruption the feed goes on from its position and loses nothing")
  void interruptionLosesNothing() throws Exception {
    assertThat(keyOf(ALICE)).isEqualTo("old");
    store.goDown();
    tailer.poll();
    store.commit(ALICE, ownKey("meanwhile"));
    store.comeBack();

    tailer.poll();

    assertThat(keyOf(ALICE)).isEqualTo("meanwhile");
    assertThat(meters.gauge("entitlement.feed.lag.seconds")).isZero();
    assertThat(meters.gauge("entitlement.cache.stale.serving")).isZero();
  }

  @Test
  @DisplayName("E4 a feed that was interrupted for longer than 10 min may have forgotten changes")
  void longInterruptionStartsAnew() throws Exception {
    assertThat(keyOf(ALICE)).isEqualTo("old");
    store.goDown();
    tailer.poll();
    store.commit(ALICE, ownKey("meanwhile"));
    store.forgetChanges();
    nanos.advance(OUTAGE.plus(MOMENT));
    store.comeBack();

    tailer.poll();

    assertThat(keyOf(ALICE)).isEqualTo("meanwhile");
  }

  @Test
  @DisplayName("E4 a database that went back in time drops everything that is cached")
  void databaseGoesBackInTime() throws Exception {
    assertThat(keyOf(ALICE)).isEqualTo("old");
    store.restoreFromBackup(ALICE, ownKey("restored"));

    tailer.poll();
    assertThat(keyOf(ALICE)).isEqualTo("restored");

    store.commit(ALICE, ownKey("later"));
    tailer.poll();
    assertThat(keyOf(ALICE)).isEqualTo("later");
  }

  @Test
  @DisplayName("E4 a promoted database that hands out lost ids again drops everything cached")
  void databaseIsAnother() throws Exception {
    store.begin().write(BOB, ownKey("lost"));
    tailer.poll();
    assertThat(keyOf(ALICE)).isEqualTo("old");

    store.failOver();
    store.commit(ALICE, ownKey("new"));
    tailer.poll();

    assertThat(keyOf(ALICE)).isEqualTo("new");
  }

  @Test
  @DisplayName("T2 a test clock that another node moved is followed with the next read")
  void followsTheProductsTime() throws Exception {
    store.commit(ALICE, planKey("plan", NOON.plus(Duration.ofDays(30))));
    tailer.poll();
    assertThat(keyOf(ALICE)).isEqualTo("plan");

    productNow = NOON.plus(Duration.ofDays(30));
    tailer.poll();

    assertThat(decisionFor(ALICE)).isInstanceOf(Denied.class);
  }

  @Test
  @DisplayName("E4 a started tailer makes changes visible within a second, and stops when closed")
  void runsInTheBackground() throws Exception {
    try (var real =
            new EntitlementCache(store, Set.of(MINIMAX), CachePolicy.DEFAULT, Meters.none());
        var running = new ChangeTailer(store, real)) {
      running.start();
      real.facts(ALICE).toCompletableFuture().get(5, SECONDS);

      store.commit(ALICE, ownKey("new"));

      await()
          .atMost(Duration.ofSeconds(1))
          .until(() -> real.facts(ALICE).toCompletableFuture().get(), ownKey("new")::equals);
    }
  }

  @Test
  @DisplayName("E4 whatever a read throws is a failed read, and the tailer goes on")
  void survivesErrors() throws Exception {
    var reads = new AtomicInteger();
    ChangeFeed feed =
        position -> {
          if (reads.incrementAndGet() == 2) {
            throw new StackOverflowError("on purpose");
          }
          return store.read(position);
        };
    try (var real =
            new EntitlementCache(store, Set.of(MINIMAX), CachePolicy.DEFAULT, Meters.none());
        var running = new ChangeTailer(feed, real)) {
      running.start();
      real.facts(ALICE).toCompletableFuture().get(5, SECONDS);
      await().until(() -> reads.get() >= 2);
      store.commit(ALICE, ownKey("new"));

      await()
          .atMost(Duration.ofSeconds(1))
          .until(() -> real.facts(ALICE).toCompletableFuture().get(), ownKey("new")::equals);
    }
  }

  @Test
  @DisplayName("E4 a read that fails with an error leaves the staleness growing")
  void errorIsNoRead() {
    var failing =
        new ChangeTailer(
            position -> {
              throw new NoClassDefFoundError("on purpose");
            },
            cache);
    nanos.advance(STALENESS);

    failing.poll();

    assertThat(meters.gauge("entitlement.feed.lag.seconds")).isEqualTo(STALENESS.toSeconds());
  }

  @Test
  @DisplayName("E4 a feed that cannot be read refuses the start")
  void startNeedsTheFeed() {
    store.goDown();

    assertThatThrownBy(new ChangeTailer(store, cache)::start)
        .isInstanceOf(EntitlementsUnavailable.class);
  }

  private String keyOf(UserId user) throws Exception {
    return switch (decisionFor(user)) {
      case OwnKey own -> own.credential().reveal();
      case PlanKey plan -> plan.credential().reveal();
      case Metered metered -> "credits";
      case Denied denied -> denied.detail();
    };
  }

  private Entitlement decisionFor(UserId user) throws Exception {
    return cache.resolve(query(user)).toCompletableFuture().get(5, SECONDS);
  }

  private long loadCount() {
    return meters.count("entitlement.cache.loads");
  }
}
