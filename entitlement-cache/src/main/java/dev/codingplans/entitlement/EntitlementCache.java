package dev.codingplans.entitlement;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.codingplans.gateway.spi.Meters;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.entitlement.Entitlement;
import dev.codingplans.gateway.spi.entitlement.EntitlementQuery;
import dev.codingplans.gateway.spi.entitlement.EntitlementResolver;
import dev.codingplans.gateway.spi.entitlement.Scope;
import dev.codingplans.gateway.spi.identity.UserId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers from memory whose credential serves a request. It caches what is known of a user, never a
 * decision, and loads it at most once at a time however many ask. Thread-safe.
 *
 * <p>Every load occupies its user's place in the cache from before it begins until it is over. A
 * change empties the place, so a load that was under way at that moment is never stored and never
 * found by later callers (E8).
 */
public final class EntitlementCache implements EntitlementResolver, AutoCloseable {

  private final Set<ProviderId> providers;
  private final CachePolicy policy;
  private final ProductClock clock;
  private final Freshness freshness;
  private final Loads loads;
  private final ConcurrentMap<UserId, CompletableFuture<CachedFacts>> places;
  private final Meters.Counter hits;

  /** Users whose facts are loaded anew while those that are cached still serve. */
  private final Set<UserId> refreshing = ConcurrentHashMap.newKeySet();

  /**
   * Makes an empty cache. It answers once a {@link ChangeTailer} has read the product's time.
   *
   * @param providers those that the host knows; a model of any other is not found
   */
  public EntitlementCache(
      EntitlementLoader loader, Set<ProviderId> providers, CachePolicy policy, Meters meters) {
    this(loader, providers, policy, meters, System::nanoTime);
  }

  EntitlementCache(
      EntitlementLoader loader,
      Set<ProviderId> providers,
      CachePolicy policy,
      Meters meters,
      LongSupplier nanos) {
    this.providers = Set.copyOf(providers);
    this.policy = policy;
    this.clock = new ProductClock(nanos);
    this.freshness = new Freshness(policy, clock);
    this.loads = new Loads(loader, policy, clock, freshness, meters);
    // Upkeep on the calling thread: it is short, and no thread of the host's then runs plugin code.
    this.places =
        Caffeine.newBuilder()
            .maximumWeight(policy.maxBytes())
            .weigher(EntitlementCache::weight)
            .executor(Runnable::run)
            .build()
            .asMap();
    this.hits = meters.counter("entitlement.cache.hits", Map.of());
    meters.gauge("entitlement.cache.entries", Map.of(), places::size);
    meters.gauge("entitlement.feed.lag.seconds", Map.of(), freshness::feedLagSeconds);
    meters.gauge("entitlement.cache.stale.serving", Map.of(), freshness::servingStale);
  }

  @Override
  public CompletionStage<Entitlement> resolve(EntitlementQuery query) {
    if (!providers.contains(query.provider())) {
      return CompletableFuture.completedFuture(
          new Entitlement.Denied(
              Entitlement.Reason.MODEL_NOT_FOUND, "No provider of this gateway has that model."));
    }
    return switch (query.scope()) {
      case Scope.Personal personal -> resolve(query, personal.user());
      case Scope.Organisation organisation -> resolve(query, EntitlementFacts.NONE);
      case Scope.Anonymous anonymous -> resolve(query, EntitlementFacts.NONE);
    };
  }

  private CompletionStage<Entitlement> resolve(EntitlementQuery query, UserId user) {
    // Read once for everything: on a hit the clock costs more than the look-up.
    var nanos = clock.nanos();
    var place = cached(user, nanos);
    return place.state() == Future.State.SUCCESS
        ? CompletableFuture.completedFuture(
            place.resultNow().facts().decide(query, clock.at(nanos)))
        : awaited(user, place).thenApply(cached -> cached.facts().decide(query, clock.now()));
  }

  private CompletionStage<Entitlement> resolve(EntitlementQuery query, EntitlementFacts facts) {
    return CompletableFuture.completedFuture(facts.decide(query, clock.now()));
  }

  /**
   * Returns what is known of the user.
   *
   * @return completes with {@link EntitlementsUnavailable} if nothing usable is cached and the
   *     store does not answer
   */
  public CompletionStage<EntitlementFacts> facts(UserId user) {
    return awaited(user, cached(user, clock.nanos())).thenApply(CachedFacts::facts);
  }

  /**
   * Waits for a load; if it is too old when it is over, as on a node that was frozen meanwhile,
   * once for another.
   */
  private CompletableFuture<CachedFacts> awaited(
      UserId user, CompletableFuture<CachedFacts> place) {
    return place.thenCompose(
        cached -> freshness.usable(cached, clock.nanos()) ? place : cached(user, clock.nanos()));
  }

  /**
   * Drops what is cached of a user. To be called after a change of this node's own has been
   * committed: once it returns, no later call on this node sees older facts.
   */
  public void changed(UserId user) {
    places.remove(user);
  }

  /** Returns the product's time on the request path. */
  public ProductClock clock() {
    return clock;
  }

  /** Ends the loads that are under way. */
  @Override
  public void close() {
    loads.close();
  }

  /**
   * Loads users who have keys ahead of their first requests, many at a time, until half of the
   * cache is full. It goes as slowly as the store answers; to be called on a thread of its own.
   *
   * @throws CompletionException if the store does not answer; everybody is then loaded when asked
   *     for
   */
  public void warmUp() {
    new WarmUp(places, loads, this::settle, policy).run();
  }

  /** Tells how many users are loaded anew while what is cached of them still serves. */
  int refreshing() {
    return refreshing.size();
  }

  /** Drops what is cached of the change's user unless it contains the change already. */
  void apply(ChangeFeed.Change change) {
    var place = places.get(change.user());
    // Again if another load took the place meanwhile: it may fall back on what was there before.
    while (place != null && !contains(place, change) && !places.remove(change.user(), place)) {
      place = places.get(change.user());
    }
  }

  void dropAll() {
    places.clear();
  }

  Freshness freshness() {
    return freshness;
  }

  CachePolicy policy() {
    return policy;
  }

  private CompletableFuture<CachedFacts> cached(UserId user, long nanos) {
    while (true) {
      var place = places.get(user);
      if (place != null && (!place.isDone() || answers(user, place, nanos))) {
        return place;
      }
      var load = new CompletableFuture<CachedFacts>();
      if (takePlace(user, place, load)) {
        settle(user, load);
        // Judged now: a read of the feed meanwhile makes nothing good that it may have dropped.
        loads.begin(user, known(place).filter(old -> freshness.isWithinOutage(old, nanos)), load);
        return load;
      }
    }
  }

  private boolean answers(UserId user, CompletableFuture<CachedFacts> place, long nanos) {
    if (place.state() != Future.State.SUCCESS || !freshness.usable(place.resultNow(), nanos)) {
      return false;
    }
    hits.increment();
    freshness.answered(place.resultNow(), nanos);
    if (freshness.isAgeing(place.resultNow(), nanos)) {
      refresh(user, place);
    }
    return true;
  }

  /**
   * Loads anew what is about to be too old, a few users at a time. The place is left to what serves
   * from it; a change that empties it meanwhile also keeps the new facts out.
   */
  private void refresh(UserId user, CompletableFuture<CachedFacts> place) {
    if (refreshing.size() >= policy.maxLoads() || !refreshing.add(user)) {
      return;
    }
    var load = new CompletableFuture<CachedFacts>();
    var unused =
        load.whenComplete(
            (facts, failure) -> {
              if (failure == null) {
                places.replace(user, place, load);
              }
              refreshing.remove(user);
            });
    loads.begin(user, known(place), load);
  }

  private boolean takePlace(
      UserId user,
      @Nullable CompletableFuture<CachedFacts> from,
      CompletableFuture<CachedFacts> load) {
    return from == null ? places.putIfAbsent(user, load) == null : places.replace(user, from, load);
  }

  /** Once a load is over, its place is left or weighed. */
  private void settle(UserId user, CompletableFuture<CachedFacts> load) {
    var unused =
        load.whenComplete(
            (facts, failure) -> {
              if (failure == null) {
                places.replace(user, load, load);
              } else {
                places.remove(user, load);
              }
            });
  }

  private static boolean contains(CompletableFuture<CachedFacts> place, ChangeFeed.Change change) {
    return known(place).filter(cached -> cached.contain(change)).isPresent();
  }

  /** What a place holds once its load has succeeded; nothing before, and nothing if it failed. */
  private static Optional<CachedFacts> known(@Nullable CompletableFuture<CachedFacts> place) {
    return place != null && place.state() == Future.State.SUCCESS
        ? Optional.of(place.resultNow())
        : Optional.empty();
  }

  /** A load under way weighs nothing: it is in nobody's way, and is never evicted. */
  private static int weight(UserId user, CompletableFuture<CachedFacts> place) {
    return known(place).map(cached -> cached.weight(user)).orElse(0);
  }
}
