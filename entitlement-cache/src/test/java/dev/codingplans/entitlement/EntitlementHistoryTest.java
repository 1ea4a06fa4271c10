package dev.codingplans.entitlement;

import static dev.codingplans.entitlement.Samples.MINIMAX;
import static dev.codingplans.entitlement.Samples.NOON;
import static dev.codingplans.entitlement.Samples.disabledOwnKey;
import static dev.codingplans.entitlement.Samples.ownKey;
import static dev.codingplans.entitlement.Samples.planKey;
import static dev.codingplans.entitlement.Samples.query;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.gateway.spi.entitlement.Entitlement;
import dev.codingplans.gateway.spi.identity.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random histories of transactions, loads, reads of the feed, outages and clock instants, each told
 * by one thread, so that a seed always tells the same one.
 */
@Timeout(60)
class EntitlementHistoryTest {

  private static final int STEPS = 400;
  private static final List<UserId> USERS =
      List.of(new UserId("alice"), new UserId("bob"), new UserId("carol"));
  private static final CachePolicy POLICY =
      new CachePolicy(
          1 << 20,
          Duration.ofMillis(250),
          Duration.ofSeconds(30),
          Duration.ofMinutes(10),
          Duration.ofSeconds(30),
          100,
          Duration.ofSeconds(5));

  /** After a failed load; from then on nothing stale is used unless one failed again. */
  private static final Duration COUNTS_AS_DOWN = POLICY.retryInterval().plus(POLICY.loadTimeout());

  private static final Logger TAILER = Logger.getLogger(ChangeTailer.class.getName());

  @BeforeAll
  static void keepOutagesOutOfTheLog() {
    TAILER.setLevel(Level.OFF);
  }

  @AfterAll
  static void logAgain() {
    TAILER.setLevel(null);
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 100);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName(
      "E2, E4, E8 whatever happens, an answer was the store's within what it may be behind")
  void noAnswerIsTooOld(long seed) throws Exception {
    try (var history = new History(seed)) {
      for (int step = 0; step < STEPS; step++) {
        history.step();
      }
      history.finish();
      assertThat(history.checked).isGreaterThan(STEPS / 10);
    }
  }

  /** The cache under test beside a model that remembers everything. */
  private static final class History implements AutoCloseable {

    final Random random;
    final ManualNanos nanos = new ManualNanos();
    final long startedAt = nanos.getAsLong();
    final RecordedMeters meters = new RecordedMeters();
    final MemoryStore store = new MemoryStore(this::now);
    final HeldLoads loads = new HeldLoads(store);
    final EntitlementCache cache =
        new EntitlementCache(loads, Set.of(MINIMAX), POLICY, meters, nanos);
    final ChangeTailer tailer = new ChangeTailer(store, cache);

    final Map<UserId, List<Committed>> committed = new HashMap<>();
    final Map<UserId, Integer> mustSee = new HashMap<>();
    final List<Written> open = new ArrayList<>();
    final List<Load> underWay = new ArrayList<>();
    final List<Asked> unanswered = new ArrayList<>();
    Instant lastFailure = Instant.MIN;
    boolean down;
    boolean feedDown;
    int written;
    int checked;

    History(long seed) {
      random = new Random(seed);
      for (UserId user : USERS) {
        committed.put(user, new ArrayList<>(List.of(new Committed(EntitlementFacts.NONE, NOON))));
        mustSee.put(user, 0);
      }
      loads.hold();
      tailer.poll();
    }

    void step() throws Exception {
      switch (random.nextInt(15)) {
        case 0 -> begin();
        case 1 -> commitOne();
        case 2 -> changeHere();
        case 3, 4 -> poll();
        case 5, 6, 7, 8 -> ask(anyUser());
        case 9, 10, 11 -> finishOneLoad();
        case 12 -> letTimePass();
        case 13 -> interruptOrMendFeed();
        default -> turnStoreOnOrOff();
      }
    }

    void begin() {
      if (open.size() < 3) {
        var user = anyUser();
        var facts = newFacts(user);
        open.add(new Written(store.begin().write(user, facts), user, facts));
      }
    }

    void commitOne() {
      if (!open.isEmpty()) {
        commit(open.remove(random.nextInt(open.size())));
      }
    }

    void changeHere() {
      var user = anyUser();
      var facts = newFacts(user);
      commit(new Written(store.begin().write(user, facts), user, facts));
      cache.changed(user);
      mustSee.put(user, latest(user));
    }

    void commit(Written change) {
      change.transaction().commit();
      committed.get(change.user()).add(new Committed(change.facts(), now()));
    }

    void poll() {
      tailer.poll();
      if (!down && !feedDown) {
        USERS.forEach(user -> mustSee.put(user, latest(user)));
      }
    }

    void ask(UserId user) throws Exception {
      var before = meters.count("entitlement.cache.loads");
      var answer = cache.facts(user).toCompletableFuture();
      var asked = new Asked(user, answer, oldestAllowed(user));
      if (meters.count("entitlement.cache.loads") > before) {
        underWay.add(new Load(loads.next(), answer, answer.isDone(), down, nanos.getAsLong()));
      }
      if (answer.isDone()) {
        checkHit(asked);
      } else {
        unanswered.add(asked);
      }
    }

    void finishOneLoad() throws Exception {
      if (!underWay.isEmpty()) {
        finish(underWay.remove(random.nextInt(underWay.size())));
      }
    }

    void finish(Load load) throws Exception {
      var together = new ArrayList<>(List.of(load));
      if (isTooOld(load)) {
        // Its callers go on to another load of their user's, which then must not be held.
        underWay.stream().filter(other -> other.user().equals(load.user())).forEach(together::add);
        underWay.removeAll(together);
      }
      var refreshing = cache.refreshing() - together.stream().filter(Load::ahead).count();
      together.forEach(each -> each.held().release());
      releaseUntil(() -> cache.refreshing() <= refreshing);
      var failure = down || together.stream().anyMatch(Load::fails);
      for (Load each : together) {
        awaitEnd(each, failure);
      }
    }

    void awaitEnd(Load load, boolean failure) throws Exception {
      releaseUntil(load.answer()::isDone);
      if (failure) {
        lastFailure = now();
      }
      try {
        load.answer().get();
      } catch (ExecutionException e) {
        assertThat(failure).isTrue();
      }
    }

    /** Waits for what only goes on if the loads that it leads to are not held. */
    void releaseUntil(BooleanSupplier condition) {
      Awaitility.await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .until(
              () -> {
                if (loads.hasNext()) {
                  loads.next().release();
                }
                return condition.getAsBoolean();
              });
    }

    boolean isTooOld(Load load) {
      return nanos.getAsLong() - load.begunAt() > POLICY.maxStaleness().toNanos();
    }

    void letTimePass() {
      nanos.advance(
          switch (random.nextInt(10)) {
            case 0 -> Duration.ofMinutes(9);
            case 1, 2 -> Duration.ofSeconds(29);
            default -> Duration.ofMillis(random.nextInt(1, 5_000));
          });
    }

    void turnStoreOnOrOff() {
      // Mostly on: an outage ends soon, and the next one does not begin at once.
      down = random.nextInt(4) == 0;
      if (down) {
        store.goDown();
      } else {
        store.comeBack();
      }
    }

    void interruptOrMendFeed() {
      feedDown = random.nextInt(3) == 0;
      store.interruptFeed(feedDown);
    }

    void finish() throws Exception {
      while (!underWay.isEmpty()) {
        finish(underWay.removeLast());
      }
      for (Asked asked : unanswered) {
        try {
          check(asked, asked.answer().get(5, SECONDS));
        } catch (ExecutionException e) {
          assertThat(e).hasCauseInstanceOf(EntitlementsUnavailable.class);
        }
      }
    }

    void checkHit(Asked asked) throws Exception {
      var facts = asked.answer().get();
      check(asked, facts);
      if (lastFailure.isBefore(now().minus(COUNTS_AS_DOWN))) {
        assertThat(indexOf(asked.user(), facts))
            .as("not older than the staleness bound")
            .isGreaterThanOrEqualTo(latestAt(asked.user(), now().minus(POLICY.maxStaleness())));
      }
      var decision = cache.resolve(query(asked.user())).toCompletableFuture();
      assertThat(decision).isCompletedWithValue(facts.decide(query(asked.user()), now()));
      if (decision.join() instanceof Entitlement.PlanKey key) {
        assertThat(key.validUntil()).as("not beyond its validity").isAfter(now());
      }
    }

    void check(Asked asked, EntitlementFacts facts) {
      assertThat(indexOf(asked.user(), facts)).isGreaterThanOrEqualTo(asked.oldestAllowed());
      checked++;
    }

    int oldestAllowed(UserId user) {
      return Math.max(mustSee.get(user), latestAt(user, now().minus(POLICY.maxOutage())));
    }

    int latest(UserId user) {
      return committed.get(user).size() - 1;
    }

    int latestAt(UserId user, Instant instant) {
      var before = committed.get(user).stream().filter(c -> c.at().isBefore(instant)).count();
      return Math.max(0, (int) before - 1);
    }

    int indexOf(UserId user, EntitlementFacts facts) {
      var all = committed.get(user).stream().map(Committed::facts).toList();
      return all.indexOf(facts);
    }

    EntitlementFacts newFacts(UserId user) {
      var text = user + "-" + written++;
      return switch (random.nextInt(4)) {
        case 0 -> disabledOwnKey(text);
        case 1 -> ownKey(text);
        default -> planKey(text, now().plusSeconds(random.nextInt(120)));
      };
    }

    UserId anyUser() {
      return USERS.get(random.nextInt(USERS.size()));
    }

    Instant now() {
      return NOON.plusNanos(nanos.getAsLong() - startedAt);
    }

    @Override
    public void close() {
      cache.close();
    }
  }

  private record Committed(EntitlementFacts facts, Instant at) {}

  private record Written(
      MemoryStore.Transaction transaction, UserId user, EntitlementFacts facts) {}

  private record Load(
      HeldLoads.Held held,
      CompletableFuture<EntitlementFacts> answer,
      boolean ahead,
      boolean fails,
      long begunAt) {

    UserId user() {
      return held.user();
    }
  }

  private record Asked(
      UserId user, CompletableFuture<EntitlementFacts> answer, int oldestAllowed) {}
}
