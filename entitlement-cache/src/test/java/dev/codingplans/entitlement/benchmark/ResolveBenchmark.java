package dev.codingplans.entitlement.benchmark;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.codingplans.entitlement.CachePolicy;
import dev.codingplans.entitlement.ChangeTailer;
import dev.codingplans.entitlement.EntitlementCache;
import dev.codingplans.gateway.spi.Meters;
import dev.codingplans.gateway.spi.entitlement.Entitlement;
import dev.codingplans.gateway.spi.identity.UserId;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What an answer from memory costs, beside what Caffeine alone costs for the same users. The users
 * are asked for in a random order that both share, so that neither finds everything in the
 * processor's caches.
 */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class ResolveBenchmark {

  private static final int ASKED = 1 << 16;

  private final UserId[] users = new UserId[ASKED];
  private Cache<UserId, Object> bare = Caffeine.newBuilder().maximumSize(1).build();
  private EntitlementCache cache =
      new EntitlementCache(Store::facts, Set.of(), CachePolicy.DEFAULT, Meters.none());
  private ChangeTailer tailer = new ChangeTailer(Store::noChanges, cache);
  private int next;

  /** Fills both caches with the same users. */
  @Setup
  public void fill() {
    cache =
        new EntitlementCache(
            Store::facts, Set.of(Store.MINIMAX), CachePolicy.DEFAULT, Meters.none());
    tailer = new ChangeTailer(Store::noChanges, cache);
    tailer.start();
    bare =
        Caffeine.newBuilder()
            .maximumWeight(CachePolicy.DEFAULT.maxBytes())
            .weigher((UserId user, Object value) -> 400)
            .executor(Runnable::run)
            .build();
    IntStream.range(0, Store.USERS).mapToObj(Store::user).forEach(this::load);
    var random = new SplittableRandom(1);
    for (int i = 0; i < ASKED; i++) {
      users[i] = Store.user(random.nextInt(Store.USERS));
    }
    // As in a node that has been up for a while: what belongs together lies together.
    ManagementFactory.getMemoryMXBean().gc();
  }

  private void load(UserId user) {
    cache.facts(user).toCompletableFuture().join();
    bare.put(user, user);
  }

  /** Stops what was started. */
  @TearDown
  public void close() {
    tailer.close();
    cache.close();
  }

  /** The floor: one look into Caffeine, and nothing made of it. */
  @Benchmark
  public @Nullable Object caffeine() {
    return bare.getIfPresent(users[next++ & ASKED - 1]);
  }

  /** The same, and what the time is: less than that no answer that is exact in time can do. */
  @Benchmark
  public long caffeineAndClock() {
    var found = bare.getIfPresent(users[next++ & ASKED - 1]);
    return found == null ? 0 : System.nanoTime();
  }

  /** A whole answer: asked as a host asks, found, still fresh, still valid, decided. */
  @Benchmark
  public Entitlement resolve() {
    return cache.resolve(Store.query(users[next++ & ASKED - 1])).toCompletableFuture().join();
  }

  /** Runs all with one thread, counts the bytes that each allocates, and weighs a cached user. */
  public static void main(String[] arguments) throws RunnerException {
    new Runner(
            new OptionsBuilder()
                .include(ResolveBenchmark.class.getSimpleName())
                .addProfiler(GCProfiler.class)
                .build())
        .run();
    MemoryPerUser.print(System.out);
  }
}
