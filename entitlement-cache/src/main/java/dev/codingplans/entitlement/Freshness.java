package dev.codingplans.entitlement;

import java.time.Duration;

/**
 * How far cached facts may be behind the store. As long as the change feed is read, what it does
 * not mention is up to date; once it is interrupted, every entry ages from the last read or from
 * its own load, whichever is later.
 */
final class Freshness {

  private final CachePolicy policy;
  private final ProductClock clock;
  private volatile long lastRead;
  private volatile long lastStaleAnswer;
  private volatile boolean everStale;

  Freshness(CachePolicy policy, ProductClock clock) {
    this.policy = policy;
    this.clock = clock;
    this.lastRead = clock.nanos();
  }

  /** Notes that every change visible at that time is known to the cache. */
  void feedRead(long nanosBefore) {
    lastRead = nanosBefore;
  }

  /** Tells whether the facts may be used without asking the store. */
  boolean usable(CachedFacts cached) {
    if (isFresh(cached)) {
      return true;
    }
    // The store was asked a moment ago and did not answer: do not make every request wait for it.
    return isWithinOutage(cached) && clock.nanos() - cached.retryAt() < 0;
  }

  boolean isFresh(CachedFacts cached) {
    return age(cached) <= policy.maxStaleness().toNanos();
  }

  boolean isWithinOutage(CachedFacts cached) {
    return age(cached) <= policy.maxOutage().toNanos();
  }

  /** Tells whether the feed was not read for longer than anything cached may serve. */
  boolean isOutageOver() {
    return sinceLastRead() > policy.maxOutage().toNanos();
  }

  long nextAttempt() {
    return clock.nanos() + policy.retryInterval().toNanos();
  }

  /** Notes that the facts were used for an answer. */
  void answered(CachedFacts cached) {
    if (!isFresh(cached)) {
      lastStaleAnswer = clock.nanos();
      everStale = true;
    }
  }

  double feedLagSeconds() {
    return sinceLastRead() / (double) Duration.ofSeconds(1).toNanos();
  }

  /** 1 while the feed is interrupted and stale answers are given, else 0. */
  double servingStale() {
    var bound = policy.maxStaleness().toNanos();
    var recently = everStale && clock.nanos() - lastStaleAnswer <= bound;
    return recently && sinceLastRead() > bound ? 1 : 0;
  }

  private long age(CachedFacts cached) {
    return Math.min(clock.nanos() - cached.loadedAt(), sinceLastRead());
  }

  private long sinceLastRead() {
    return clock.nanos() - lastRead;
  }
}
