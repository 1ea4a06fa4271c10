package dev.codingplans.plugin.window;

import static dev.codingplans.plugin.refusal.Refusal.Code.PROVIDER_REJECTED_KEY;
import static dev.codingplans.plugin.refusal.Refusal.Code.SUBSCRIPTION_INACTIVE;
import static dev.codingplans.plugin.refusal.Refusal.Code.UPSTREAM_TIMEOUT;
import static dev.codingplans.plugin.refusal.Refusal.Code.UPSTREAM_UNAVAILABLE;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.credential.health.Probe;
import dev.codingplans.plugin.provider.ProviderCalls;
import dev.codingplans.plugin.provider.QuotaReading.Failed;
import dev.codingplans.plugin.provider.QuotaReading.Inactive;
import dev.codingplans.plugin.provider.QuotaReading.KeyRejected;
import dev.codingplans.plugin.provider.QuotaReading.Windows;
import dev.codingplans.plugin.provider.QuotaWindow;
import dev.codingplans.plugin.refusal.Refusal;
import dev.codingplans.plugin.subscription.Subscriptions;
import dev.codingplans.plugin.time.TimeSource;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the provider leaves to the owner of a subscription (U1). */
@Singleton
public class QuotaWindows {

  private static final Logger LOG = LoggerFactory.getLogger(QuotaWindows.class);

  /** The call itself ends before. */
  private static final Duration MAX_WAIT = ProviderCalls.MAX_WAIT.plusSeconds(5);

  private final Subscriptions subscriptions;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(
          Thread.ofVirtual().name("coding-plans-quota-", 0).factory());
  private final Readings readings;

  QuotaWindows(Subscriptions subscriptions, Probe probe, TimeSource time) {
    this.subscriptions = subscriptions;
    this.readings =
        new Readings(
            credential -> new Reading(probe.readQuota(credential), time.now()),
            threads,
            Ticker.systemTicker());
  }

  /** Returns the windows of the user's subscription, whichever key the user's requests take. */
  public Shown read(UserId user, UUID subscription) {
    var reading = await(readings.of(subscriptions.credentialOf(user, subscription)));
    return switch (reading.result()) {
      case Windows windows -> new Shown(reading.at(), windows.windows());
      case Inactive inactive ->
          throw new Refusal(
              SUBSCRIPTION_INACTIVE, "The provider has no plan behind this subscription's key.");
      case KeyRejected rejected ->
          throw new Refusal(
              PROVIDER_REJECTED_KEY, "The provider does not take this subscription's key.");
      case Failed failed -> throw refusal(failed);
    };
  }

  private static Refusal refusal(Failed failed) {
    return switch (failed.failure()) {
      case TIMEOUT -> tooLate();
      case UNAVAILABLE ->
          new Refusal(UPSTREAM_UNAVAILABLE, "The provider does not say what is left right now.");
    };
  }

  private static Refusal tooLate() {
    return new Refusal(UPSTREAM_TIMEOUT, "The provider did not say in time what is left.");
  }

  private static Reading await(CompletableFuture<Reading> reading) {
    try {
      return reading.get(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw tooLate();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal(UPSTREAM_UNAVAILABLE, "The gateway stops.");
    }
  }

  /** Whoever waits is told so. */
  @PreDestroy
  void stop() throws InterruptedException {
    threads.shutdownNow();
    if (!threads.awaitTermination(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.warn("Quotas are still being read.");
    }
  }

  /** What is shown of a reading. */
  public record Shown(Instant fetchedAt, List<QuotaWindow> windows) {}
}
