package dev.codingplans.plugin.billing;

import dev.codingplans.plugin.subscription.CancellationReason;

/** Counts outcomes. Not for concurrent use. */
final class Tally {

  private long renewed;
  private long recovered;
  private long pastDueStarted;
  private long endedAtPeriodEnd;
  private long endedInsufficientCredits;
  private long topUpsRequested;
  private long errors;

  void countRenewal(boolean wasPastDue) {
    if (wasPastDue) {
      recovered++;
    } else {
      renewed++;
    }
  }

  void countGrace() {
    pastDueStarted++;
  }

  void countEnd(CancellationReason reason) {
    if (reason == CancellationReason.USER_CANCELED) {
      endedAtPeriodEnd++;
    } else {
      endedInsufficientCredits++;
    }
  }

  void countTopUps(int requested) {
    topUpsRequested += requested;
  }

  void countError() {
    errors++;
  }

  void add(Tally other) {
    renewed += other.renewed;
    recovered += other.recovered;
    pastDueStarted += other.pastDueStarted;
    endedAtPeriodEnd += other.endedAtPeriodEnd;
    endedInsufficientCredits += other.endedInsufficientCredits;
    topUpsRequested += other.topUpsRequested;
    errors += other.errors;
  }

  long renewed() {
    return renewed;
  }

  long recovered() {
    return recovered;
  }

  long pastDueStarted() {
    return pastDueStarted;
  }

  long endedAtPeriodEnd() {
    return endedAtPeriodEnd;
  }

  long endedInsufficientCredits() {
    return endedInsufficientCredits;
  }

  long topUpsRequested() {
    return topUpsRequested;
  }

  long errors() {
    return errors;
  }
}
