package dev.codingplans.entitlement;

import dev.codingplans.gateway.spi.Meters;
import dev.codingplans.gateway.spi.identity.UserId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Loads facts on virtual threads, and falls back on what was known if the store is down. */
final class Loads implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Loads.class.getName());

  /**
   * Callers go on here, also after a timeout: the thread that notices it belongs to the whole JVM.
   * Unlike the loads' own, it still takes tasks after the close.
   */
  private static final Executor ANSWERS = Thread.ofVirtual().name("entitlement-answer")::start;

  private final EntitlementLoader loader;
  private final CachePolicy policy;
  private final ProductClock clock;
  private final Freshness freshness;
  private final Semaphore turns;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("entitlement-load-", 0).factory());
  private final Meters.Counter begun;
  private final Meters.Counter failed;

  Loads(
      EntitlementLoader loader,
      CachePolicy policy,
      ProductClock clock,
      Freshness freshness,
      Meters meters) {
    this.loader = loader;
    this.policy = policy;
    this.clock = clock;
    this.freshness = freshness;
    this.turns = new Semaphore(policy.maxLoads(), true);
    this.begun = meters.counter("entitlement.cache.loads", Map.of());
    this.failed = meters.counter("entitlement.cache.load.failures", Map.of());
  }

  /**
   * Begins a load.
   *
   * @param known what was cached until now, to fall back on
   */
  CompletableFuture<CachedFacts> begin(UserId user, Optional<CachedFacts> known) {
    begun.increment();
    var askedAt = clock.nanos();
    return attempt(() -> load(user, known, askedAt))
        .handleAsync(
            (facts, failure) -> failure == null ? succeeded(facts) : fallBack(known, failure),
            ANSWERS);
  }

  /** Begins a load of many, which may leave some of them out; it fails for all of them. */
  CompletableFuture<Map<UserId, CachedFacts>> beginAll(Set<UserId> users) {
    begun.increment();
    return attempt(() -> loadAll(users))
        .handleAsync(
            (facts, failure) -> {
              if (failure != null) {
                throw failed(failure);
              }
              return succeeded(facts);
            },
            ANSWERS);
  }

  List<UserId> usersAfter(Optional<UserId> user, int most) {
    return attempt(() -> loader.usersAfter(user, most)).join();
  }

  /** Interrupts the loads that are under way; their callers learn that they failed. */
  @Override
  public void close() {
    threads.shutdownNow();
  }

  private <T> CompletableFuture<T> attempt(Callable<T> load) {
    try {
      return CompletableFuture.supplyAsync(() -> inTurn(load), threads)
          .orTimeout(policy.loadTimeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      return CompletableFuture.failedFuture(closed);
    }
  }

  /** More at once would wait for the store's connections, and the change feed with them. */
  private <T> T inTurn(Callable<T> load) {
    try {
      if (!turns.tryAcquire(policy.loadTimeout().toNanos(), TimeUnit.NANOSECONDS)) {
        throw new TimeoutException("too many loads");
      }
      try {
        return load.call();
      } finally {
        turns.release();
      }
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }

  private CachedFacts load(UserId user, Optional<CachedFacts> known, long askedAt)
      throws Exception {
    if (known.isPresent() && freshness.hasFailedSince(askedAt)) {
      // Who has something to fall back on does not find out for himself.
      throw new EntitlementsUnavailable("The store failed another load meanwhile.");
    }
    var startedAt = clock.nanos();
    try {
      return new CachedFacts(loader.load(user), startedAt);
    } catch (Exception e) {
      // Before the turn is over: who has the next one is to know.
      freshness.loadFailed();
      throw e;
    }
  }

  private Map<UserId, CachedFacts> loadAll(Set<UserId> users) throws Exception {
    var startedAt = clock.nanos();
    var loaded = new HashMap<UserId, CachedFacts>();
    loader
        .loadAll(users)
        .forEach((user, facts) -> loaded.put(user, new CachedFacts(facts, startedAt)));
    return loaded;
  }

  private <T> T succeeded(T found) {
    freshness.loadSucceeded();
    return found;
  }

  private CachedFacts fallBack(Optional<CachedFacts> known, Throwable failure) {
    var unavailable = failed(failure);
    var nanos = clock.nanos();
    var usable = known.filter(cached -> freshness.isWithinOutage(cached, nanos));
    freshness.answered(usable.orElseThrow(() -> unavailable), nanos);
    LOG.log(System.Logger.Level.DEBUG, "A load failed; what was known still serves.", failure);
    return usable.get();
  }

  private EntitlementsUnavailable failed(Throwable failure) {
    failed.increment();
    freshness.loadFailed();
    return new EntitlementsUnavailable("The user's entitlements cannot be loaded now.", failure);
  }
}
