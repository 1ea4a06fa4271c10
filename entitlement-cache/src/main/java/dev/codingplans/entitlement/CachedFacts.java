package dev.codingplans.entitlement;

import dev.codingplans.gateway.spi.entitlement.Entitlement;
import dev.codingplans.gateway.spi.entitlement.EntitlementQuery;
import dev.codingplans.gateway.spi.identity.UserId;
import java.time.Instant;
import java.util.List;

/**
 * A user's facts in the cache. It equals nothing but itself: what took its place in between is not
 * it, however alike.
 */
final class CachedFacts implements Place {

  /** What a user takes in the cache, and for each provider more: as MemoryPerUser measures it. */
  private static final int BYTES_PER_USER = 190;

  private static final int BYTES_PER_PROVIDER = 160;

  // The facts, taken apart: a hit waits for memory, one object after the other, and for little
  // else.
  private final List<ProviderFacts> providers;
  private final boolean paysFromCredits;

  private final long version;
  private final long loadedAt;

  /**
   * Takes over what was loaded.
   *
   * @param loadedAt when the load began, on the monotonic clock
   */
  CachedFacts(LoadedFacts loaded, long loadedAt) {
    this.providers = loaded.facts().providers();
    this.paysFromCredits = loaded.facts().paysFromCredits();
    this.version = loaded.version();
    this.loadedAt = loadedAt;
  }

  Entitlement decide(EntitlementQuery query, Instant now) {
    return facts().decide(query, now);
  }

  EntitlementFacts facts() {
    return new EntitlementFacts(providers, paysFromCredits);
  }

  long loadedAt() {
    return loadedAt;
  }

  @Override
  public int weight(UserId user) {
    return BYTES_PER_USER + user.value().length() + providers.size() * BYTES_PER_PROVIDER;
  }

  @Override
  public boolean contains(ChangeFeed.Change change) {
    return version > change.transaction();
  }
}
