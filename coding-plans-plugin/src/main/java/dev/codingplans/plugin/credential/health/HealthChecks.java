package dev.codingplans.plugin.credential.health;

import dev.codingplans.plugin.credential.AssignedKey;
import dev.codingplans.plugin.credential.AssignedKeys;
import dev.codingplans.plugin.provider.Providers;
import dev.codingplans.plugin.provider.QuotaReading;
import dev.codingplans.plugin.provider.QuotaReading.Failed;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks providers about credentials that serve somebody, a few at once. */
@Singleton
class HealthChecks {

  private static final Logger LOG = LoggerFactory.getLogger(HealthChecks.class);
  private static final int MOST_AT_ONCE = 4;

  /** Longer than a call, and what is written after it, may take. */
  private static final Duration MAX_CHECK = Duration.ofSeconds(30);

  private final AssignedKeys keys;
  private final Probe probe;
  private final Providers providers;
  private final HealthSettings settings;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(
          Thread.ofVirtual().name("coding-plans-health-", 0).factory());

  HealthChecks(AssignedKeys keys, Probe probe, Providers providers, HealthSettings settings) {
    this.keys = keys;
    this.probe = probe;
    this.providers = providers;
    this.settings = settings;
  }

  /** Checks at most so many that are due; fewer if their provider does not answer. */
  void check(long most) {
    try {
      for (var left = most; left > 0 && !threads.isShutdown(); left -= MOST_AT_ONCE) {
        var due =
            keys.claimUnchecked(
                providers.withQuota(), settings.interval(), (int) Math.min(MOST_AT_ONCE, left));
        if (due.isEmpty() || !tellAnything(due)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RejectedExecutionException e) {
      LOG.debug("The plugin stops before a check.");
    }
  }

  private boolean tellAnything(List<AssignedKey> due) throws InterruptedException {
    var calls = due.stream().map(key -> (Callable<QuotaReading>) () -> probe.read(key)).toList();
    // All of them are looked at: a failure must be said.
    return threads.invokeAll(calls, MAX_CHECK.toMillis(), TimeUnit.MILLISECONDS).stream()
        .map(HealthChecks::tells)
        .toList()
        .contains(true);
  }

  private static boolean tells(Future<QuotaReading> reading) {
    try {
      return !(reading.get() instanceof Failed);
    } catch (ExecutionException e) {
      LOG.error("A credential's health cannot be written down.", e.getCause());
    } catch (CancellationException e) {
      LOG.warn("A check did not end within {}, or was ended with the plugin.", MAX_CHECK);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  /** Ends what is under way; the credentials are checked when they are due again. */
  void stop() {
    threads.shutdownNow();
  }
}
