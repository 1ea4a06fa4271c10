package dev.codingplans.plugin.audit;

import dev.codingplans.plugin.time.RegularWork;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.transaction.exceptions.TransactionException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after the months of the log, at the start and every hour; any number of nodes may. */
@Singleton
public class AuditRetention {

  private static final Logger LOG = LoggerFactory.getLogger(AuditRetention.class);

  private static final Duration INTERVAL = Duration.ofHours(1);

  private final AuditPartitions partitions;
  private final RegularWork work;

  AuditRetention(AuditPartitions partitions) {
    this.partitions = partitions;
    this.work = new RegularWork("audit-retention", INTERVAL, this::keep);
  }

  /** Makes what this month needs before anything is written, and goes on beside. */
  public void start() {
    try {
      partitions.make();
    } catch (DataAccessException | TransactionException e) {
      // The database is too busy: there is what was made ahead.
      LOG.warn("The months of the audit log cannot be made now; it is tried again soon.", e);
    }
    work.start();
  }

  /** What cannot be dropped costs nothing that was made. */
  private void keep() {
    partitions.make();
    partitions.drop();
  }

  @PreDestroy
  void stop() {
    work.stop();
  }
}
