package dev.codingplans.plugin.audit;

import dev.codingplans.plugin.database.Partitions;
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

  private static final String LOG_NAME = "audit";

  private final Partitions partitions;
  private final AuditSettings settings;
  private final RegularWork work;

  AuditRetention(Partitions partitions, AuditSettings settings) {
    this.partitions = partitions;
    this.settings = settings;
    this.work = new RegularWork("audit-retention", INTERVAL, this::keep);
  }

  /** Makes what this month needs before anything is written, and goes on beside. */
  public void start() {
    try {
      partitions.make(LOG_NAME);
    } catch (DataAccessException | TransactionException e) {
      // The database is too busy: there is what was made ahead.
      LOG.warn("The months of the audit log cannot be made now; it is tried again soon.", e);
    }
    work.start();
  }

  /** What cannot be dropped costs nothing that was made. */
  private void keep() {
    partitions.make(LOG_NAME);
    partitions.drop(LOG_NAME, settings.retention());
  }

  @PreDestroy
  void stop() {
    work.stop();
  }
}
