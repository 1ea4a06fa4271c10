package dev.codingplans.entitlement;

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
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers from memory whose credential serves a request. It caches what is known of a user, never a
 * decision, and loads it at most once at a time however many ask. Thread-safe.
 */
public final class EntitlementCache implements EntitlementResolver, AutoCloseable {

  private final Set<ProviderId> providers;
  private final CachePolicy policy;
  private final ProductClock clock;
  private final Freshness freshness;
  private final Loads loads;
  private final Places places;
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
    this.places = new Places(policy.maxBytes());
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
    var place = places.find(user);
    // Read once for everything: on a hit the clock costs as much as the look-up.
    var nanos = clock.nanos();
    return place instanceof CachedFacts cached && answers(user, cached, nanos)
        ? CompletableFuture.completedFuture(cached.decide(query, clock.at(nanos)))
        : usable(user).thenApply(cached -> cached.decide(query, clock.now()));
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
    return usable(user).thenApply(CachedFacts::facts);
  }

  /**
   * Drops what is cached of a user. To be called after a change of this node's own has been
   * committed: once it returns, no later call on this node sees older facts.
   */
  public void changed(UserId user) {
    places.empty(user);
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
    new WarmUp(places, loads, this::begin, policy).run();
  }

  /** Tells how many users are loaded anew while what is cached of them still serves. */
  int refreshing() {
    return refreshing.size();
  }

  /** Drops what is cached of the change's user unless it contains the change already. */
  void apply(ChangeFeed.Change change) {
    places.apply(change);
  }

  void dropAll() {
    places.emptyAll();
  }

  Freshness freshness() {
    return freshness;
  }

  CachePolicy policy() {
    return policy;
  }

  /**
   * Waits for facts that may be used; if they are too old when their load is over, as on a node
   * that was frozen meanwhile, once for another load.
   */
  private CompletableFuture<CachedFacts> usable(UserId user) {
    var first = found(user);
    return first.thenCompose(
        cached -> freshness.usable(cached, clock.nanos()) ? first : found(user));
  }

  private CompletableFuture<CachedFacts> found(UserId user) {
    return switch (placeOf(user)) {
      case CachedFacts cached -> CompletableFuture.completedFuture(cached);
      case Load load -> load.result();
    };
  }

  /** Returns facts that may be used, or the load that is to find them. */
  private Place placeOf(UserId user) {
    while (true) {
      var place = places.find(user);
      var nanos = clock.nanos();
      if (place instanceof Load
          || (place instanceof CachedFacts cached && answers(user, cached, nanos))) {
        return place;
      }
      var load = new Load();
      if (places.take(user, place, load)) {
        // Judged by then: a read of the feed meanwhile makes nothing good that it may have dropped.
        begin(user, load, known(place).filter(old -> freshness.isWithinOutage(old, nanos)));
        return load;
      }
    }
  }

  private boolean answers(UserId user, CachedFacts cached, long nanos) {
    var isYoung = freshness.isYoung(cached, nanos);
    if (!isYoung && !freshness.usable(cached, nanos)) {
      return false;
    }
    hits.increment();
    if (!isYoung) {
      freshness.answered(cached, nanos);
      refresh(user, cached, nanos);
    }
    return true;
  }

  private void begin(UserId user, Load load) {
    begin(user, load, Optional.empty());
  }

  private void begin(UserId user, Load load, Optional<CachedFacts> known) {
    var unused =
        loads
            .begin(user, known)
            .whenComplete(
                (found, failure) -> {
                  if (failure == null) {
                    places.fill(user, load, found);
                  } else {
                    places.leave(user, load, failure);
                  }
                });
  }

  /**
   * Loads anew what is about to be too old, a few users at a time. The place is left to what serves
   * from it; a change that empties it meanwhile also keeps the new facts out.
   */
  private void refresh(UserId user, CachedFacts cached, long nanos) {
    if (!freshness.mayAsk(nanos)
        || refreshing.size() >= policy.maxLoads()
        || !refreshing.add(user)) {
      return;
    }
    var unused =
        loads
            .begin(user, Optional.of(cached))
            .whenComplete(
                (found, failure) -> {
                  if (failure == null) {
                    places.renew(user, cached, found);
                  }
                  refreshing.remove(user);
                });
  }

  private static Optional<CachedFacts> known(@Nullable Place place) {
    return place instanceof CachedFacts cached ? Optional.of(cached) : Optional.empty();
  }
}
