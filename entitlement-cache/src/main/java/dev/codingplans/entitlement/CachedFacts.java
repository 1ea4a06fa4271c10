package dev.codingplans.entitlement;

import dev.codingplans.gateway.spi.identity.UserId;

/**
 * A user's facts in the cache.
 *
 * @param facts what is known of the user
 * @param version see {@link LoadedFacts#version}
 * @param loadedAt when the load began, on the monotonic clock
 */
record CachedFacts(EntitlementFacts facts, long version, long loadedAt) {

  /** What a user takes in the cache, and for each provider more: as MemoryPerUser measures it. */
  private static final int BYTES_PER_USER = 250;

  private static final int BYTES_PER_PROVIDER = 200;

  static CachedFacts of(LoadedFacts loaded, long loadedAt) {
    return new CachedFacts(loaded.facts(), loaded.version(), loadedAt);
  }

  /** About how many bytes of the heap this user takes. */
  int weight(UserId user) {
    return BYTES_PER_USER + user.value().length() + facts.providers().size() * BYTES_PER_PROVIDER;
  }

  boolean contain(ChangeFeed.Change change) {
    return version > change.transaction();
  }
}
