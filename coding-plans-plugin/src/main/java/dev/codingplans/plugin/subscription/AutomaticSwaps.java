package dev.codingplans.plugin.subscription;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.plugin.credential.UnhealthyListener;
import dev.codingplans.plugin.credential.health.Probe;
import dev.codingplans.plugin.database.SqlState;
import dev.codingplans.plugin.provider.Providers;
import dev.codingplans.plugin.provider.QuotaReading.Failed;
import dev.codingplans.plugin.provider.QuotaReading.Inactive;
import dev.codingplans.plugin.provider.QuotaReading.KeyRejected;
import dev.codingplans.plugin.provider.QuotaReading.Windows;
import dev.codingplans.plugin.refusal.Refusal;
import dev.codingplans.plugin.subscription.AutomaticSwapRows.Broken;
import dev.codingplans.plugin.time.RegularWork;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces credentials that work no more from stock, if the operator wants that: soon after one was
 * noticed, and with a regular look, so that one that found nothing in stock is replaced when there
 * is some.
 */
@Singleton
public class AutomaticSwaps implements UnhealthyListener {

  private static final Logger LOG = LoggerFactory.getLogger(AutomaticSwaps.class);
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  /** Many: those whose provider does not answer keep nobody else waiting. */
  private static final int MOST_AT_ONCE = 1_000;

  private final SwapSettings settings;
  private final AutomaticSwapRows rows;
  private final AutomaticSwap swap;

  /** Looked up late: the probe tells this listener what it finds. */
  private final Provider<Probe> probe;

  private final Providers providers;
  private final RegularWork work = new RegularWork("swap", INTERVAL, this::run);
  private long saidLeft;

  AutomaticSwaps(
      SwapSettings settings,
      AutomaticSwapRows rows,
      AutomaticSwap swap,
      Provider<Probe> probe,
      Providers providers) {
    this.settings = settings;
    this.rows = rows;
    this.swap = swap;
    this.probe = probe;
    this.providers = providers;
  }

  public void start() {
    if (settings.automatic()) {
      work.start();
    }
  }

  @Override
  public void onUnhealthy(UUID credentialId, PlanId plan) {
    if (settings.automatic()) {
      work.wake();
    }
  }

  @PreDestroy
  void stop() {
    work.stop();
  }

  private void run() {
    for (Broken broken : rows.swappable(providers.withQuota(), MOST_AT_ONCE)) {
      if (work.isStopping()) {
        return;
      }
      swap(broken);
    }
    sayLeft(rows.countBroken());
  }

  /** What fails of one keeps nobody else from theirs, unless the database is away. */
  private void swap(Broken broken) {
    try {
      if (isStillBroken(broken.credential()) && swap.swap(broken)) {
        LOG.info(
            "Subscription {} goes on with another credential instead of {}.",
            broken.subscription(),
            broken.credential());
      }
    } catch (Refusal refusal) {
      // Somebody else took what was left, or has the account: the next look comes soon.
      LOG.debug("Subscription {} is not swapped: {}", broken.subscription(), refusal.detail());
    } catch (RuntimeException e) {
      if (SqlState.isConnectionFailure(e)) {
        throw e;
      }
      LOG.error("Subscription {} cannot be given another credential.", broken.subscription(), e);
    }
  }

  /**
   * Asks the provider again: one request that was refused destroys no good credential. What serves
   * after all is marked so by the probe; where there is no answer, the next look asks.
   */
  private boolean isStillBroken(UUID credential) {
    return switch (probe.get().read(credential)) {
      case Inactive inactive -> true;
      case KeyRejected rejected -> true;
      case Windows windows -> false;
      case Failed failed -> false;
    };
  }

  /** Said when it changes, not every time. */
  private void sayLeft(long left) {
    if (left > 0 && left != saidLeft) {
      LOG.warn(
          "{} credentials that work no more are not replaced: nothing is in stock, too many were"
              + " replaced lately, or their provider did not confirm it. An operator has to look.",
          left);
    }
    saidLeft = left;
  }
}
