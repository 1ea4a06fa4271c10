package dev.codingplans.plugin.billing;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sweeps again and again on this node; each node has its own, and they need not know each other.
 */
@Singleton
public class SweepSchedule {

  private static final Logger LOG = LoggerFactory.getLogger(SweepSchedule.class);

  /** The first sweep comes within a minute if there is one a day. */
  private static final long SOON = Duration.ofDays(1).toMinutes();

  private static final Duration MAX_STOP = Duration.ofSeconds(10);

  private final Sweep sweep;
  private final BillingSettings settings;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("coding-plans-sweep").daemon().factory());

  SweepSchedule(Sweep sweep, BillingSettings settings) {
    this.sweep = sweep;
    this.settings = settings;
  }

  /**
   * Starts to sweep, at a moment of its own, so that nodes started together take turns; but soon,
   * so that restarts do not put sweeps off.
   */
  @SuppressWarnings("FutureReturnValueIgnored") // A sweep that fails says so itself.
  public void start() {
    var interval = settings.sweepInterval().toMillis();
    var first = ThreadLocalRandom.current().nextLong(Math.max(1, interval / SOON));
    thread.scheduleWithFixedDelay(this::sweepOnce, first, interval, TimeUnit.MILLISECONDS);
  }

  private void sweepOnce() {
    try {
      sweep.run();
    } catch (RuntimeException | Error e) {
      // What is thrown here would end the schedule.
      LOG.warn("A sweep failed; the next one finds what it has left.", e);
    }
  }

  @PreDestroy
  void stop() {
    sweep.stop();
    thread.shutdown();
    try {
      if (!thread.awaitTermination(MAX_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("The sweep did not end within {}.", MAX_STOP);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
