package dev.codingplans.sample.apikeys;

import io.micronaut.context.annotation.Requires;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down that keys are in use, a moment later and together. A crash loses a moment's worth,
 * which the next use makes up for.
 */
@Singleton
@Requires(beans = DataSource.class)
final class KeyUses {

  private static final Logger LOG = LoggerFactory.getLogger(KeyUses.class);
  private static final int MOST = 1_000;

  private final KeyOwnerRepository repository;
  private final Set<UUID> used = ConcurrentHashMap.newKeySet();

  KeyUses(KeyOwnerRepository repository) {
    this.repository = repository;
  }

  /** Takes note of a use whose time has come to be written down. */
  void note(UUID key) {
    if (used.size() < MOST) {
      used.add(key);
    }
  }

  /** Writes what would otherwise be lost with an orderly stop. */
  @PreDestroy
  void writeLast() {
    write();
  }

  @Scheduled(initialDelay = "2s", fixedDelay = "2s")
  void write() {
    var keys = Set.copyOf(used);
    if (keys.isEmpty()) {
      return;
    }
    try {
      repository.markUsed(keys);
      used.removeAll(keys);
    } catch (RuntimeException e) {
      LOG.warn("The use of {} API keys is not written down yet: {}", keys.size(), e.toString());
    }
  }
}
