package dev.codingplans.plugin.provider;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * One of a provider's own rolling limits.
 *
 * @param id names it, for example {@code weekly}
 * @param remainingPercent what is left of it; more than 100 while the provider gives more
 * @param resetsAt when it is full again
 * @param startsAt when it began, if the provider says so
 * @param period how long it is
 */
public record QuotaWindow(
    String id,
    BigDecimal remainingPercent,
    Instant resetsAt,
    Optional<Instant> startsAt,
    Period period) {

  /**
   * A length of time in the provider's words.
   *
   * @param unit for example {@code hour}
   */
  public record Period(String unit, int value) {}
}
