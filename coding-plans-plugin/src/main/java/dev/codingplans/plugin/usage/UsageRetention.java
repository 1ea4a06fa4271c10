package dev.codingplans.plugin.usage;

import dev.codingplans.plugin.database.Partitions;
import dev.codingplans.plugin.time.RegularWork;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.transaction.exceptions.TransactionException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after the months of usage, at the start and every hour; any number of nodes may. */
@Singleton
public class UsageRetention {

  private static final Logger LOG = LoggerFactory.getLogger(UsageRetention.class);

  private static final Duration INTERVAL = Duration.ofHours(1);

  /** More than a few millions an hour never come in. */
  private static final int MAX_PAGES = 1_000;

  private static final String LOG_NAME = "usage";

  private final Partitions partitions;
  private final OldUsage old;
  private final UsageSettings settings;
  private final RegularWork work;

  UsageRetention(Partitions partitions, OldUsage old, UsageSettings settings) {
    this.partitions = partitions;
    this.old = old;
    this.settings = settings;
    this.work = new RegularWork("usage-retention", INTERVAL, this::keep);
  }

  /** Makes what this month needs before anything is written, and goes on beside. */
  public void start() {
    try {
      partitions.make(LOG_NAME);
    } catch (DataAccessException | TransactionException e) {
      // The database is too busy: there is what was made ahead.
      LOG.warn("The months of usage cannot be made now; it is tried again soon.", e);
    }
    work.start();
  }

  /** What cannot be dropped costs nothing that was made. */
  private void keep() {
    partitions.make(LOG_NAME);
    partitions.drop(LOG_NAME, settings.retention());
    for (int page = 0; page < MAX_PAGES && !work.isStopping(); page++) {
      if (!old.forget()) {
        return;
      }
    }
  }

  @PreDestroy
  void stop() {
    work.stop();
  }
}
