package dev.codingplans.plugin.entitlement;

import dev.codingplans.plugin.database.Partitions;
import dev.codingplans.plugin.time.RegularWork;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Looks after the months of the change log, at the start and every hour; any number of nodes may.
 */
@Singleton
public class ChangeRetention {

  private static final Duration INTERVAL = Duration.ofHours(1);
  private static final String LOG_NAME = "entitlement_change";

  private final Partitions partitions;
  private final EntitlementSettings settings;
  private final RegularWork work;

  ChangeRetention(Partitions partitions, EntitlementSettings settings) {
    this.partitions = partitions;
    this.settings = settings;
    this.work = new RegularWork("change-retention", INTERVAL, this::keep);
  }

  /** Starts to make months ahead, and to drop those that no node can need. */
  public void start() {
    work.start();
  }

  private void keep() {
    partitions.make(LOG_NAME);
    partitions.drop(LOG_NAME, settings.changeRetention());
  }

  @PreDestroy
  void stop() {
    work.stop();
  }
}
