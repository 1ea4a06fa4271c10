package dev.codingplans.entitlement;

import java.time.Duration;

/**
 * How far cached facts may be behind the store. As long as the change feed is read, what it does
 * not mention is up to date; once it is interrupted, every entry ages from the last read or from
 * its own load, whichever is later.
 */
final class Freshness {

  // In nanoseconds: they are looked at for every answer.
  private final long youth;
  private final long maxStaleness;
  private final long maxOutage;
  private final long retryInterval;
  private final long loadTimeout;
  private final ProductClock clock;
  private volatile long lastRead;
  private volatile long lastFailure;
  private volatile boolean failed;
  private volatile long lastStaleAnswer;
  private volatile boolean everStale;

  Freshness(CachePolicy policy, ProductClock clock) {
    this.maxStaleness = policy.maxStaleness().toNanos();
    this.youth = maxStaleness / 5 * 4;
    this.maxOutage = policy.maxOutage().toNanos();
    this.retryInterval = policy.retryInterval().toNanos();
    this.loadTimeout = policy.loadTimeout().toNanos();
    this.clock = clock;
    this.lastRead = clock.nanos();
  }

  /** Notes that every change visible at that time is known to the cache. */
  void feedRead(long nanosBefore) {
    lastRead = nanosBefore;
  }

  /** Notes that the store did not answer a load; of whom it was asked does not matter. */
  void loadFailed() {
    lastFailure = clock.nanos();
    failed = true;
  }

  /** Tells whether the store has failed a load since that time, and answered none after it. */
  boolean hasFailedSince(long nanos) {
    return failed && nanos - lastFailure < 0;
  }

  /** Notes that the store answered a load. */
  void loadSucceeded() {
    if (failed) {
      failed = false;
    }
  }

  /** Tells whether the facts may be used at that time without waiting for the store. */
  boolean usable(CachedFacts cached, long nanos) {
    return isFresh(cached, nanos) || (isWithinOutage(cached, nanos) && isDown(nanos));
  }

  /**
   * Tells whether there is nothing to do but to use the facts. Once they are not young any more it
   * is time to load them anew, while that still can be done.
   */
  boolean isYoung(CachedFacts cached, long nanos) {
    return age(cached, nanos) <= youth;
  }

  /** From then on the store is asked again, beside those whom what is known still serves. */
  boolean mayAsk(long nanos) {
    return !failed || nanos - lastFailure >= retryInterval;
  }

  /** A failure says that the store is down until the next attempt must have said so again. */
  private boolean isDown(long nanos) {
    return failed && nanos - lastFailure <= retryInterval + loadTimeout;
  }

  boolean isWithinOutage(CachedFacts cached, long nanos) {
    return age(cached, nanos) <= maxOutage;
  }

  /** Tells whether the feed was not read for longer than anything cached may serve. */
  boolean isOutageOver() {
    return sinceLastRead(clock.nanos()) > maxOutage;
  }

  /** Notes that the facts were used for an answer. */
  void answered(CachedFacts cached, long nanos) {
    if (!isFresh(cached, nanos)) {
      lastStaleAnswer = nanos;
      everStale = true;
    }
  }

  double feedLagSeconds() {
    return sinceLastRead(clock.nanos()) / (double) Duration.ofSeconds(1).toNanos();
  }

  /** 1 while the feed is interrupted and stale answers are given, else 0. */
  double servingStale() {
    var nanos = clock.nanos();
    var recently = everStale && nanos - lastStaleAnswer <= maxStaleness;
    return recently && sinceLastRead(nanos) > maxStaleness ? 1 : 0;
  }

  private boolean isFresh(CachedFacts cached, long nanos) {
    return age(cached, nanos) <= maxStaleness;
  }

  private long age(CachedFacts cached, long nanos) {
    return Math.min(nanos - cached.loadedAt(), sinceLastRead(nanos));
  }

  private long sinceLastRead(long nanos) {
    return nanos - lastRead;
  }
}
