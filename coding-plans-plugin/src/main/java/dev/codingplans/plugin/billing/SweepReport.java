package dev.codingplans.plugin.billing;

import java.time.Duration;

/**
 * What a sweep did.
 *
 * @param waiting how many subscriptions wait for credit in grace
 * @param errors how many could not be handled; they are tried again later
 */
public record SweepReport(
    long renewed,
    long pastDueStarted,
    long recovered,
    long endedInsufficientCredits,
    long endedAtPeriodEnd,
    long topUpsRequested,
    long waiting,
    long errors,
    long durationMs) {

  static SweepReport of(Tally tally, long waiting, Duration duration) {
    return new SweepReport(
        tally.renewed(),
        tally.pastDueStarted(),
        tally.recovered(),
        tally.endedInsufficientCredits(),
        tally.endedAtPeriodEnd(),
        tally.topUpsRequested(),
        waiting,
        tally.errors(),
        duration.toMillis());
  }

  /** Returns how many subscriptions had an outcome. */
  long handled() {
    return renewed + pastDueStarted + recovered + endedInsufficientCredits + endedAtPeriodEnd;
  }
}
