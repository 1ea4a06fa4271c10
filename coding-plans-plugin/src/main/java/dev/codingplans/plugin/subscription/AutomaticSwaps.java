package dev.codingplans.plugin.subscription;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.plugin.credential.UnhealthyListener;
import dev.codingplans.plugin.refusal.Refusal;
import dev.codingplans.plugin.subscription.AutomaticSwapRows.Broken;
import dev.codingplans.plugin.time.RegularWork;
import jakarta.annotation.PreDestroy;
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
  private static final int MOST_AT_ONCE = 100;

  private final SwapSettings settings;
  private final AutomaticSwapRows rows;
  private final AutomaticSwap swap;
  private final RegularWork work = new RegularWork("swap", INTERVAL, this::run);
  private long saidLeft;

  AutomaticSwaps(SwapSettings settings, AutomaticSwapRows rows, AutomaticSwap swap) {
    this.settings = settings;
    this.rows = rows;
    this.swap = swap;
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
    for (Broken broken : rows.swappable(MOST_AT_ONCE)) {
      if (work.isStopping()) {
        return;
      }
      swap(broken);
    }
    sayLeft(rows.countBroken());
  }

  private void swap(Broken broken) {
    try {
      if (swap.swap(broken)) {
        LOG.info(
            "Subscription {} goes on with another credential instead of {}.",
            broken.subscription(),
            broken.credential());
      }
    } catch (Refusal refusal) {
      // Somebody else took what was left, or has the account: the next look comes soon.
      LOG.debug("Subscription {} is not swapped: {}", broken.subscription(), refusal.detail());
    }
  }

  /** Said when it changes, not every time. */
  private void sayLeft(long left) {
    if (left > 0 && left != saidLeft) {
      LOG.warn(
          "{} credentials that work no more are not replaced: nothing is in stock, or too many were"
              + " replaced lately. An operator has to look.",
          left);
    }
    saidLeft = left;
  }
}
