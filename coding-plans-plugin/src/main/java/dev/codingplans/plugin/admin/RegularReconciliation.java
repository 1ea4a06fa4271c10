package dev.codingplans.plugin.admin;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reconciles every ten minutes, on one node at a time: what is wrong is found although nobody asks.
 */
@Singleton
public class RegularReconciliation {

  private static final Logger LOG = LoggerFactory.getLogger(RegularReconciliation.class);
  private static final Duration INTERVAL = Duration.ofMinutes(10);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  private final Reconciliation reconciliation;
  private final Duration interval;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("coding-plans-reconciliation").factory());

  @Inject
  RegularReconciliation(Reconciliation reconciliation) {
    this(reconciliation, INTERVAL);
  }

  RegularReconciliation(Reconciliation reconciliation, Duration interval) {
    this.reconciliation = reconciliation;
    this.interval = interval;
  }

  /** Begins, after a while that is different on each node. */
  @SuppressWarnings("FutureReturnValueIgnored") // It never ends by itself, and stop ends it.
  public void start() {
    var millis = interval.toMillis();
    var first = millis / 2 + ThreadLocalRandom.current().nextLong(millis);
    thread.scheduleWithFixedDelay(this::reconcile, first, millis, TimeUnit.MILLISECONDS);
  }

  /** Whatever goes wrong, the next time comes: what is thrown here would end the schedule. */
  private void reconcile() {
    try {
      reconciliation.runUnlessElsewhere();
    } catch (RuntimeException | Error e) {
      LOG.error("The books could not be reconciled; the next try is in {}.", interval, e);
    }
  }

  /** A reconciliation under way may end; if it takes longer, its connection is closed. */
  @PreDestroy
  void stop() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("A reconciliation is still under way.");
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
