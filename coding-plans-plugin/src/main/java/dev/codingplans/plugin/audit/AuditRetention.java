package dev.codingplans.plugin.audit;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after the months of the log, at the start and every hour; any number of nodes may. */
@Singleton
public class AuditRetention {

  private static final Logger LOG = LoggerFactory.getLogger(AuditRetention.class);

  private static final Duration INTERVAL = Duration.ofHours(1);
  private static final Duration MAX_STOP = Duration.ofSeconds(5);

  private final AuditPartitions partitions;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("coding-plans-audit-retention").daemon().factory());

  AuditRetention(AuditPartitions partitions) {
    this.partitions = partitions;
  }

  /**
   * Makes what this month needs before anything is written, unless the database is too busy for it;
   * then it has what the last start made.
   */
  @SuppressWarnings("FutureReturnValueIgnored") // A run that fails says so itself.
  public void start() {
    keep();
    var millis = INTERVAL.toMillis();
    var first = ThreadLocalRandom.current().nextLong(millis);
    thread.scheduleWithFixedDelay(this::keep, first, millis, TimeUnit.MILLISECONDS);
  }

  private void keep() {
    try {
      partitions.keep();
    } catch (RuntimeException e) {
      LOG.error("The months of the audit log cannot be kept; the next try is in {}.", INTERVAL, e);
    }
  }

  @PreDestroy
  void stop() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(MAX_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("The audit log is still looked after.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
