package dev.codingplans.entitlement;

import java.time.Duration;

/**
 * The bounds of the cache, all in real time.
 *
 * @param maxBytes about how much of the heap cached users take at most; 400 bytes each
 * @param pollInterval how long the change feed rests between two reads
 * @param maxStaleness how long a cached answer is used while the change feed is interrupted
 * @param maxOutage how long it is used if the store cannot be asked either
 * @param loadTimeout how long a caller waits for one load
 * @param maxLoads how many loads go on at once: what the store can take beside the change feed
 * @param retryInterval how long a store that failed a load is left alone before stale answers are
 *     loaded anew, beside those who ask
 */
public record CachePolicy(
    long maxBytes,
    Duration pollInterval,
    Duration maxStaleness,
    Duration maxOutage,
    Duration loadTimeout,
    int maxLoads,
    Duration retryInterval) {

  /** What holds unless an operator says otherwise. */
  public static final CachePolicy DEFAULT =
      new CachePolicy(
          64L << 20,
          Duration.ofMillis(250),
          Duration.ofSeconds(30),
          Duration.ofMinutes(10),
          Duration.ofSeconds(4),
          3,
          Duration.ofSeconds(5));

  private static final long LEAST_BYTES = 1 << 10;
  private static final long MOST_BYTES = 64L << 30;

  /** Refuses bounds under which the cache could not keep its promises. */
  public CachePolicy {
    if (maxBytes < LEAST_BYTES || maxBytes > MOST_BYTES) {
      throw new IllegalArgumentException(
          "maxBytes is not within " + LEAST_BYTES + " .. " + MOST_BYTES + ": " + maxBytes);
    }
    // Above half a second a change could take more than one second to be seen (E4).
    requireWithin("pollInterval", pollInterval, Duration.ofMillis(1), Duration.ofMillis(500));
    requireWithin("maxStaleness", maxStaleness, Duration.ofSeconds(1), Duration.ofHours(1));
    requireWithin("maxOutage", maxOutage, maxStaleness, Duration.ofHours(24));
    requireWithin("loadTimeout", loadTimeout, Duration.ofMillis(10), Duration.ofSeconds(30));
    if (maxLoads < 1) {
      throw new IllegalArgumentException("maxLoads is less than one: " + maxLoads);
    }
    requireWithin("retryInterval", retryInterval, Duration.ofMillis(10), maxStaleness);
  }

  /** Returns this policy with other bounds of how far answers may be behind. */
  public CachePolicy within(Duration staleness, Duration outage) {
    var retry = retryInterval.compareTo(staleness) < 0 ? retryInterval : staleness;
    return new CachePolicy(maxBytes, pollInterval, staleness, outage, loadTimeout, maxLoads, retry);
  }

  private static void requireWithin(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          name + " is not within " + least + " .. " + most + ": " + value);
    }
  }
}
