package dev.codingplans.entitlement.benchmark;

import dev.codingplans.entitlement.CachePolicy;
import dev.codingplans.entitlement.ChangeTailer;
import dev.codingplans.entitlement.EntitlementCache;
import dev.codingplans.gateway.spi.Meters;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Set;

/** How much of the heap a cached user takes: a million of them, each with a plan. */
final class MemoryPerUser {

  private static final int USERS = 1_000_000;

  private MemoryPerUser() {}

  static void print(PrintStream out) {
    var policy =
        new CachePolicy(
            4L << 30,
            CachePolicy.DEFAULT.pollInterval(),
            CachePolicy.DEFAULT.maxStaleness(),
            CachePolicy.DEFAULT.maxOutage(),
            Duration.ofSeconds(30),
            CachePolicy.DEFAULT.maxLoads(),
            CachePolicy.DEFAULT.retryInterval());
    try (var cache =
            new EntitlementCache(Store::facts, Set.of(Store.MINIMAX), policy, Meters.none());
        var tailer = new ChangeTailer(Store::noChanges, cache)) {
      tailer.start();
      var before = usedHeap();
      for (int user = 0; user < USERS; user++) {
        cache.facts(Store.user(user)).toCompletableFuture().join();
      }
      out.printf("%nbytes per cached user: %,d%n", (usedHeap() - before) / USERS);
    }
  }

  private static long usedHeap() {
    var memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }
}
