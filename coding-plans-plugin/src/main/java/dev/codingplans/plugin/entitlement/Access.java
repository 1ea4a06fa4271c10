package dev.codingplans.plugin.entitlement;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What decides how long a live subscription serves. */
record Access(
    boolean pastDue,
    boolean cancellationScheduled,
    Instant periodEnd,
    Instant renewalAt,
    Optional<Instant> graceEndsAt) {

  /** Returns the exact end of access (E2). */
  Instant until(Duration slack) {
    if (pastDue) {
      return graceEndsAt.orElse(periodEnd);
    }
    return cancellationScheduled ? periodEnd : renewalAt.plus(slack);
  }
}
