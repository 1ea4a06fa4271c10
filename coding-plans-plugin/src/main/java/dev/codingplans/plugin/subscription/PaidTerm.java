package dev.codingplans.plugin.subscription;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.UUID;

/** A term of a subscription as it was recorded. */
@Introspected
public record PaidTerm(
    UUID id,
    String kind,
    Instant periodStart,
    Instant periodEnd,
    long costMicrodollars,
    Instant createdAt) {

  private static final long MICROS = 1_000_000;

  /** Returns its place among the terms of its subscription: the start, in microseconds. */
  public long position() {
    return Math.addExact(
        Math.multiplyExact(periodStart.getEpochSecond(), MICROS), periodStart.getNano() / 1_000);
  }
}
