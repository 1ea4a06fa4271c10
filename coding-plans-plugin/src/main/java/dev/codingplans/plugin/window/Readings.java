package dev.codingplans.plugin.window;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.codingplans.plugin.provider.QuotaReading.Failed;
import dev.codingplans.plugin.provider.QuotaReading.Inactive;
import dev.codingplans.plugin.provider.QuotaReading.KeyRejected;
import dev.codingplans.plugin.provider.QuotaReading.Windows;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * The last readings, by credential: another credential has another quota. Who asks while a reading
 * is under way gets the same one.
 */
final class Readings {

  private static final Duration KEPT = Duration.ofSeconds(60);
  private static final Duration FAILURE_KEPT = Duration.ofSeconds(5);
  private static final int MOST = 10_000;

  private final Function<UUID, Reading> source;
  private final Executor threads;
  private final AsyncCache<UUID, Reading> cache;

  Readings(Function<UUID, Reading> source, Executor threads, Ticker ticker) {
    this.source = source;
    this.threads = threads;
    this.cache =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .ticker(ticker)
            .executor(threads)
            .expireAfter(Expiry.<UUID, Reading>creating((id, reading) -> kept(reading)))
            .buildAsync();
  }

  CompletableFuture<Reading> of(UUID credential) {
    return cache.get(
        credential,
        (id, executor) -> CompletableFuture.supplyAsync(() -> source.apply(id), threads));
  }

  private static Duration kept(Reading reading) {
    return switch (reading.result()) {
      case Windows windows -> KEPT;
      case Inactive inactive -> KEPT;
      case KeyRejected rejected -> FAILURE_KEPT;
      case Failed failed -> FAILURE_KEPT;
    };
  }
}
