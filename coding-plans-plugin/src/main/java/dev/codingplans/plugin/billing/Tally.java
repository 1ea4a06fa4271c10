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
  private long awaitedLeases;

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

  void countAwaitedLeases() {
    awaitedLeases++;
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
    awaitedLeases += other.awaitedLeases;
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

  /** Returns how often a renewal found its price leased to requests. */
  long awaitedLeases() {
    return awaitedLeases;
  }

  long errors() {
    return errors;
  }
}
