package dev.codingplans.plugin.time;

import jakarta.inject.Singleton;
import java.time.Instant;

/**
 * Product time: the database's clock, moved by the test clock (T1, T2). Asked after the account
 * lock is held, so that waiting for the lock never makes time stand still.
 */
@Singleton
public class TimeSource {

  private final TimeRepository repository;

  TimeSource(TimeRepository repository) {
    this.repository = repository;
  }

  /** Returns the time of this moment, also within a transaction. */
  public Instant now() {
    return repository.productNow();
  }
}
