package dev.codingplans.entitlement;

/**
 * A user's facts in the cache.
 *
 * @param facts what is known of the user
 * @param version see {@link LoadedFacts#version}
 * @param loadedAt when the load began, on the monotonic clock
 * @param retryAt when the next attempt to load them is due after one that failed; else {@code
 *     loadedAt}
 */
record CachedFacts(EntitlementFacts facts, long version, long loadedAt, long retryAt) {

  static CachedFacts of(LoadedFacts loaded, long loadedAt) {
    return new CachedFacts(loaded.facts(), loaded.version(), loadedAt, loadedAt);
  }

  /** The same facts, after an attempt to load them anew failed. */
  CachedFacts retryAt(long nanos) {
    return new CachedFacts(facts, version, loadedAt, nanos);
  }

  boolean contain(ChangeFeed.Change change) {
    return version > change.transaction();
  }
}
