package dev.codingplans.plugin.usage.hold;

import jakarta.inject.Singleton;
import java.time.Instant;

/** Product time as it was last read, carried forward by the monotonic clock. Thread-safe. */
@Singleton
class AlignedTime {

  private volatile Reading last = new Reading(Instant.EPOCH, 0);

  /**
   * @param nanosBefore the monotonic clock before the time was read
   */
  void align(Instant now, long nanosBefore) {
    last = new Reading(now, nanosBefore);
  }

  Instant at(long nanos) {
    var reading = last;
    return reading.at().plusNanos(nanos - reading.nanos());
  }

  private record Reading(Instant at, long nanos) {}
}
