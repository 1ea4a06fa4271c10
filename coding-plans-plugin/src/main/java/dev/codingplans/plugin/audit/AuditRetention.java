package dev.codingplans.plugin.audit;

import dev.codingplans.plugin.time.RegularWork;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Looks after the months of the log, at the start and every hour; any number of nodes may. */
@Singleton
public class AuditRetention {

  private static final Duration INTERVAL = Duration.ofHours(1);

  private final AuditPartitions partitions;
  private final RegularWork work;

  AuditRetention(AuditPartitions partitions) {
    this.partitions = partitions;
    this.work = new RegularWork("audit-retention", INTERVAL, partitions::keep);
  }

  /** Makes what this month needs before anything is written, and goes on beside. */
  public void start() {
    partitions.keepIfPossible();
    work.start();
  }

  @PreDestroy
  void stop() {
    work.stop();
  }
}
