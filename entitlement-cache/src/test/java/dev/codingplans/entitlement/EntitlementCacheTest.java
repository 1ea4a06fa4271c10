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

import dev.codingplans.entitlement.ChangeFeed.Change;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.entitlement.Entitlement.Denied;
import dev.codingplans.gateway.spi.entitlement.Entitlement.OwnKey;
import dev.codingplans.gateway.spi.entitlement.Entitlement.PlanKey;
import dev.codingplans.gateway.spi.entitlement.Entitlement.Reason;
import dev.codingplans.gateway.spi.entitlement.EntitlementQuery;
import dev.codingplans.gateway.spi.entitlement.Scope;
import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.gateway.spi.identity.UserId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EntitlementCacheTest {

  private final ManualNanos nanos = new ManualNanos();
  private final RecordedMeters meters = new RecordedMeters();
  private final MemoryStore store = new MemoryStore(() -> NOON);
  private final HeldLoads loads = new HeldLoads(store);
  private final EntitlementCache cache =
      new EntitlementCache(loads, Set.of(MINIMAX), CachePolicy.DEFAULT, meters, nanos);

  @BeforeEach
  void readTheTime() {
    cache.clock().realign(NOON, nanos.getAsLong());
  }

  @AfterEach
  void close() {
    cache.close();
  }

  @Test
  @DisplayName("E1 a model of a provider that the host does not know is not found, without a load")
  void unknownProviderIsNotFound() throws Exception {
    var unknown = new EntitlementQuery(new Scope.Personal(ALICE), new ProviderId("zai"), "GLM");

    var decision = cache.resolve(unknown).toCompletableFuture().get();

    assertThat(decision).isInstanceOf(Denied.class);
    assertThat(((Denied) decision).reason()).isEqualTo(Reason.MODEL_NOT_FOUND);
    assertThat(loadCount()).isZero();
  }

  @Test
  @DisplayName("E1 the second request is answered at once and from memory")
  void hitIsCompleteAndDoesNoIo() throws Exception {
    store.commit(ALICE, ownKey("sk-1"));
    assertThat(await(cache.resolve(query(ALICE)))).isEqualTo(new OwnKey(Secret.of("sk-1")));
    store.goDown();

    var hit = cache.resolve(query(ALICE)).toCompletableFuture();

    assertThat(hit.isDone()).isTrue();
    assertThat(hit.get()).isEqualTo(new OwnKey(Secret.of("sk-1")));
    assertThat(loadCount()).isEqualTo(1);
    assertThat(meters.count("entitlement.cache.hits")).isEqualTo(1);
    assertThat(meters.gauge("entitlement.cache.entries")).isEqualTo(1);
  }

  @Test
  @DisplayName("E1 that a user has nothing is remembered too")
  void negativeAnswerIsCached() throws Exception {
    await(cache.resolve(query(ALICE)));

    assertThat(await(cache.resolve(query(ALICE)))).isInstanceOf(Denied.class);
    assertThat(loadCount()).isEqualTo(1);
  }

  @Test
  @DisplayName("E1 a hundred requests of one user at once make one load")
  void herdMakesOneLoad() throws Exception {
    var callers = 100;
    store.commit(ALICE, ownKey("sk-1"));
    loads.hold();
    var together = new CyclicBarrier(callers);
    try (var threads = Executors.newFixedThreadPool(callers)) {
      var asked = new CountDownLatch(callers);
      var answers = new ArrayList<Future<Object>>();
      for (int i = 0; i < callers; i++) {
        answers.add(
            threads.submit(
                () -> {
                  together.await();
                  var answer = cache.resolve(query(ALICE)).toCompletableFuture();
                  asked.countDown();
                  return answer.get();
                }));
      }
      asked.await();
      loads.next().release();

      for (var answer : answers) {
        assertThat(answer.get(5, SECONDS)).isEqualTo(new OwnKey(Secret.of("sk-1")));
      }
    }
    assertThat(loadCount()).isEqualTo(1);
  }

  @Test
  @DisplayName("E2 a cached plan key is denied at the very end of its validity")
  void cachedAnswerEndsExactly() throws Exception {
    store.commit(ALICE, planKey("sk-1", NOON.plusSeconds(10)));
    await(cache.resolve(query(ALICE)));

    nanos.advance(Duration.ofSeconds(10).minusNanos(1));
    assertThat(await(cache.resolve(query(ALICE)))).isInstanceOf(PlanKey.class);

    nanos.advance(Duration.ofNanos(1));
    assertThat(await(cache.resolve(query(ALICE)))).isInstanceOf(Denied.class);
    assertThat(loadCount()).isEqualTo(1);
  }

  @Test
  @DisplayName("E4 a change of this node's own is visible when its call returns")
  void ownChangeIsVisibleAtOnce() throws Exception {
    store.commit(ALICE, ownKey("sk-1"));
    await(cache.resolve(query(ALICE)));

    store.commit(ALICE, ownKey("sk-2"));
    cache.changed(ALICE);

    assertThat(await(cache.resolve(query(ALICE)))).isEqualTo(new OwnKey(Secret.of("sk-2")));
  }

  @Test
  @DisplayName("E5 an organisation and nobody are denied, without a load")
  void otherScopesAreDenied() throws Exception {
    var organisation = new EntitlementQuery(new Scope.Organisation("acme"), MINIMAX, "MiniMax-M2");
    var nobody = new EntitlementQuery(new Scope.Anonymous(), MINIMAX, "MiniMax-M2");

    assertThat(await(cache.resolve(organisation))).isInstanceOf(Denied.class);
    assertThat(await(cache.resolve(nobody))).isInstanceOf(Denied.class);
    assertThat(loadCount()).isZero();
  }

  @Test
  @DisplayName("E8 a load that is under way when a change arrives is not what later callers get")
  void changeDuringLoad() throws Exception {
    store.commit(ALICE, ownKey("old"));
    loads.hold();
    var earlier = cache.resolve(query(ALICE)).toCompletableFuture();
    var oldLoad = loads.next();

    store.commit(ALICE, ownKey("new"));
    applyLastChange();
    var later = cache.resolve(query(ALICE)).toCompletableFuture();
    var newLoad = loads.next();
    newLoad.release();
    assertThat(later.get(5, SECONDS)).isEqualTo(new OwnKey(Secret.of("new")));
    oldLoad.release();

    assertThat(earlier.get(5, SECONDS)).isEqualTo(new OwnKey(Secret.of("old")));
    loads.letPass();
    assertThat(await(cache.resolve(query(ALICE)))).isEqualTo(new OwnKey(Secret.of("new")));
    assertThat(loadCount()).isEqualTo(2);
  }

  @Test
  @DisplayName("E4 what a node was loading when it was frozen is loaded again after the thaw")
  void frozenDuringLoad() throws Exception {
    store.commit(ALICE, ownKey("old"));
    loads.hold();
    var before = cache.resolve(query(ALICE)).toCompletableFuture();
    var oldLoad = loads.next();

    store.commit(ALICE, ownKey("new"));
    nanos.advance(CachePolicy.DEFAULT.maxStaleness().plusMillis(1));
    var after = cache.resolve(query(ALICE)).toCompletableFuture();
    loads.letPass();
    oldLoad.release();

    assertThat(after.get(5, SECONDS)).isEqualTo(new OwnKey(Secret.of("new")));
    assertThat(before.get(5, SECONDS)).isEqualTo(new OwnKey(Secret.of("new")));
  }

  @Test
  @DisplayName("E8 a load that is under way during a change of this node's own is not stored")
  void ownChangeDuringLoad() throws Exception {
    store.commit(ALICE, ownKey("old"));
    loads.hold();
    var earlier = cache.resolve(query(ALICE)).toCompletableFuture();
    var oldLoad = loads.next();

    store.commit(ALICE, ownKey("new"));
    cache.changed(ALICE);
    oldLoad.release();
    earlier.get(5, SECONDS);

    loads.letPass();
    assertThat(await(cache.resolve(query(ALICE)))).isEqualTo(new OwnKey(Secret.of("new")));
  }

  @Test
  @DisplayName("E8 an entry whose version contains the change stays")
  void newerEntryOutlivesAnOlderChange() throws Exception {
    store.commit(ALICE, ownKey("sk-1"));
    await(cache.resolve(query(ALICE)));

    applyLastChange();
    await(cache.resolve(query(ALICE)));

    assertThat(loadCount()).isEqualTo(1);
  }

  @Test
  @DisplayName("E8 a change of one user leaves the others alone")
  void changeConcernsOneUser() throws Exception {
    store.commit(BOB, ownKey("sk-b"));
    await(cache.resolve(query(BOB)));

    cache.apply(new Change(ALICE, Long.MAX_VALUE - 1));
    await(cache.resolve(query(BOB)));

    assertThat(loadCount()).isEqualTo(1);
  }

  @Test
  @DisplayName(
      "E4 with nothing cached and the store down there is no decision; the next call asks again")
  void noDecisionWithoutStore() throws Exception {
    store.commit(ALICE, ownKey("sk-1"));
    store.goDown();

    assertThatThrownBy(() -> await(cache.resolve(query(ALICE))))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(EntitlementsUnavailable.class)
        .hasRootCauseInstanceOf(IOException.class);
    assertThat(meters.count("entitlement.cache.load.failures")).isEqualTo(1);

    store.comeBack();
    assertThat(await(cache.resolve(query(ALICE)))).isInstanceOf(OwnKey.class);
  }

  @Test
  @DisplayName("E4 a load that does not end is given up")
  void hungLoadIsGivenUp() {
    var policy = policy(1 << 20, Duration.ofMillis(20));
    loads.hold();
    try (var impatient = new EntitlementCache(loads, Set.of(MINIMAX), policy, meters, nanos)) {
      assertThatThrownBy(() -> await(impatient.facts(ALICE)))
          .cause()
          .isInstanceOf(EntitlementsUnavailable.class);
    }
  }

  @Test
  @DisplayName("E4 a closed cache ends the loads under way and begins no other")
  void closeEndsLoads() throws Exception {
    loads.hold();
    var underWay = cache.facts(ALICE).toCompletableFuture();
    loads.next();

    cache.close();

    assertThatThrownBy(() -> await(underWay)).cause().isInstanceOf(EntitlementsUnavailable.class);
    assertThatThrownBy(() -> await(cache.facts(BOB)))
        .cause()
        .isInstanceOf(EntitlementsUnavailable.class);
  }

  @Test
  @DisplayName("E4 a load that takes too long is answered on a thread of the cache's own")
  void timeoutIsAnsweredOnOwnThread() throws Exception {
    var policy = policy(1 << 20, Duration.ofMillis(50));
    loads.hold();
    try (var impatient = new EntitlementCache(loads, Set.of(MINIMAX), policy, meters, nanos)) {
      var answeredOn = impatient.facts(ALICE).handle((facts, e) -> Thread.currentThread());

      assertThat(await(answeredOn).getName()).isEqualTo("entitlement-answer");
    }
  }

  @Test
  @DisplayName("E4 the cache takes no more of the heap than its policy says")
  void cacheIsBounded() throws Exception {
    var policy = policy(5_000, Duration.ofSeconds(4));
    var own = new RecordedMeters();
    try (var small = new EntitlementCache(loads, Set.of(MINIMAX), policy, own, nanos)) {
      for (int i = 0; i < 100; i++) {
        var user = new UserId("user-" + i);
        store.commit(user, ownKey("sk-" + i));
        await(small.facts(user));
      }
      assertEntries(small, own, 5, 14);
    }
  }

  @Test
  @DisplayName("E4 what is about to be too old is loaded anew while it still serves")
  void refreshesAhead() throws Exception {
    store.commit(ALICE, ownKey("sk-1"));
    await(cache.facts(ALICE));
    store.commit(ALICE, ownKey("sk-2"));
    loads.hold();
    nanos.advance(CachePolicy.DEFAULT.maxStaleness().dividedBy(10).multipliedBy(9));

    assertThat(await(cache.facts(ALICE))).isEqualTo(ownKey("sk-1"));
    assertThat(await(cache.facts(ALICE))).as("no herd").isEqualTo(ownKey("sk-1"));
    assertThat(loadCount()).isEqualTo(2);
    loads.next().release();
    untilRefreshed();

    assertThat(await(cache.facts(ALICE))).isEqualTo(ownKey("sk-2"));
    assertThat(loadCount()).isEqualTo(2);
  }

  @Test
  @DisplayName("E8 a change keeps out what was being loaded anew")
  void changeDuringRefresh() throws Exception {
    store.commit(ALICE, ownKey("sk-1"));
    await(cache.facts(ALICE));
    loads.hold();
    nanos.advance(CachePolicy.DEFAULT.maxStaleness().dividedBy(10).multipliedBy(9));
    await(cache.facts(ALICE));
    var ahead = loads.next();

    store.commit(ALICE, ownKey("sk-2"));
    cache.changed(ALICE);
    ahead.release();
    untilRefreshed();

    loads.letPass();
    assertThat(await(cache.facts(ALICE))).isEqualTo(ownKey("sk-2"));
  }

  @Test
  @DisplayName("E4 no more loads go on at once than the store has room for")
  void loadsAreBounded() throws Exception {
    var now = new AtomicInteger();
    var peak = new AtomicInteger();
    EntitlementLoader crowded =
        user -> {
          peak.accumulateAndGet(now.incrementAndGet(), Math::max);
          Thread.yield();
          now.decrementAndGet();
          return store.load(user);
        };
    try (var busy =
        new EntitlementCache(crowded, Set.of(MINIMAX), CachePolicy.DEFAULT, meters, nanos)) {
      var asked =
          IntStream.range(0, 2_000)
              .mapToObj(i -> busy.facts(new UserId("user-" + i)).toCompletableFuture())
              .toList();
      for (var answer : asked) {
        assertThat(await(answer)).isEqualTo(EntitlementFacts.NONE);
      }
    }
    assertThat(peak.get()).isLessThanOrEqualTo(CachePolicy.DEFAULT.maxLoads());
  }

  @Test
  @DisplayName("E4 who waits for a turn to ask a store that fails meanwhile falls back at once")
  void nobodyFindsOutAgain() throws Exception {
    var asked = new AtomicInteger();
    var mayFail = new CountDownLatch(1);
    var failing = new AtomicBoolean();
    EntitlementLoader crowded =
        user -> {
          if (failing.get()) {
            asked.incrementAndGet();
            mayFail.await();
            nanos.advance(Duration.ofMillis(1));
            throw new IOException("down");
          }
          return store.load(user);
        };
    try (var full =
        new EntitlementCache(crowded, Set.of(MINIMAX), CachePolicy.DEFAULT, meters, nanos)) {
      full.clock().realign(NOON, nanos.getAsLong());
      var users = IntStream.range(0, 30).mapToObj(n -> new UserId("user-" + n)).toList();
      for (var user : users) {
        full.facts(user).toCompletableFuture().get(5, SECONDS);
      }
      failing.set(true);
      nanos.advance(CachePolicy.DEFAULT.maxStaleness().plusMillis(1));

      var answers = users.stream().map(user -> full.facts(user).toCompletableFuture()).toList();
      mayFail.countDown();

      for (var answer : answers) {
        assertThat(answer.get(5, SECONDS)).isEqualTo(EntitlementFacts.NONE);
      }
      assertThat(asked.get()).isLessThanOrEqualTo(2 * CachePolicy.DEFAULT.maxLoads());
    }
  }

  @Test
  @DisplayName("E4 a warm-up that fails in whatever way leaves nobody waiting")
  void warmUpFails() throws Exception {
    store.commit(ALICE, ownKey("sk-1"));
    store.onLoadAll(
        () -> {
          throw new NoClassDefFoundError("on purpose");
        });

    cache.warmUp();

    assertThat(await(cache.facts(ALICE))).isEqualTo(ownKey("sk-1"));
  }

  @Test
  @DisplayName("E4 a cache that was warmed up knows everybody who has a key")
  void warmsUp() throws Exception {
    for (int i = 0; i < 1_200; i++) {
      store.commit(new UserId("user-" + i), ownKey("sk-" + i));
    }

    cache.warmUp();

    assertThat(loadCount()).as("a load is of many").isEqualTo(3);
    assertThat(await(cache.facts(new UserId("user-777")))).isEqualTo(ownKey("sk-777"));
    assertThat(loadCount()).isEqualTo(3);
  }

  @Test
  @DisplayName("E8 a change keeps out what a warm-up has read before it")
  void changeDuringWarmUp() throws Exception {
    store.commit(ALICE, ownKey("sk-1"));
    store.onLoadAll(
        () -> {
          store.commit(ALICE, ownKey("sk-2"));
          cache.changed(ALICE);
        });

    cache.warmUp();

    assertThat(await(cache.facts(ALICE))).isEqualTo(ownKey("sk-2"));
  }

  @Test
  @DisplayName("E4 a warm-up leaves half of the cache to those who ask")
  void warmUpIsBounded() throws Exception {
    for (int i = 0; i < 5_000; i++) {
      store.commit(new UserId("user-" + i), ownKey("sk-" + i));
    }
    var own = new RecordedMeters();
    try (var small =
        new EntitlementCache(
            loads, Set.of(MINIMAX), policy(1 << 20, Duration.ofSeconds(4)), own, nanos)) {
      small.warmUp();
      assertEntries(small, own, 1_000, 1_700);
    }
  }

  /**
   * A load is weighed when it is over, which its callers may hear of before; a look does the rest.
   */
  private static void assertEntries(
      EntitlementCache cache, RecordedMeters meters, double least, double most) {
    Awaitility.await()
        .untilAsserted(
            () -> {
              await(cache.facts(ALICE));
              assertThat(meters.gauge("entitlement.cache.entries")).isBetween(least, most);
            });
  }

  private void untilRefreshed() {
    Awaitility.await().until(() -> cache.refreshing() == 0);
  }

  private static CachePolicy policy(long maxBytes, Duration loadTimeout) {
    return new CachePolicy(
        maxBytes,
        CachePolicy.DEFAULT.pollInterval(),
        CachePolicy.DEFAULT.maxStaleness(),
        CachePolicy.DEFAULT.maxOutage(),
        loadTimeout,
        CachePolicy.DEFAULT.maxLoads(),
        CachePolicy.DEFAULT.retryInterval());
  }

  private void applyLastChange() throws Exception {
    store.read(new ChangeFeed.Snapshot("", 0, Set.of())).changes().forEach(cache::apply);
  }

  private long loadCount() {
    return meters.count("entitlement.cache.loads");
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(10, SECONDS);
  }
}
