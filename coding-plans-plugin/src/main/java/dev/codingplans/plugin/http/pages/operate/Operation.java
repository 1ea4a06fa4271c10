package dev.codingplans.plugin.http.pages.operate;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How the plugin's own work goes, on all nodes, as the database has it. Ages are in seconds; counts
 * go no further than {@link #MOST_COUNTED}.
 *
 * @param lastDay what all sweeps of the last day did together
 * @param parkedAccounts how many are not charged until an operator has put them right
 * @param usageWaiting how many records wait to be charged
 */
record Operation(
    Renewals renewals,
    List<FailedRenewal> failedRenewals,
    List<SweepRun> sweeps,
    SweepSums lastDay,
    @Nullable ReconciliationRun reconciliation,
    long parkedAccounts,
    Payments payments,
    Quarantine quarantine,
    long usageWaiting,
    List<Backlog> deliveries,
    Credentials credentials,
    @Nullable RotationRun rotation) {

  static final int MOST_COUNTED = 10_000;

  /**
   * What is to be charged or ended.
   *
   * @param oldestAge how long the oldest has been due
   * @param waiting how many wait for credit in grace
   * @param failing how many cannot be handled
   */
  record Renewals(long due, @Nullable Long oldestAge, long waiting, long failing) {}

  /** A subscription that is due and cannot be handled. */
  record FailedRenewal(
      UUID subscription, String user, int attempts, String reason, Instant retryAt) {}

  /** What a sweep did. */
  record SweepRun(
      Instant finishedAt,
      long age,
      long durationMs,
      long renewed,
      long pastDueStarted,
      long recovered,
      long endedInsufficientCredits,
      long endedAtPeriodEnd,
      long topUpsRequested,
      long waiting,
      long errors) {}

  /** What several sweeps did together. */
  record SweepSums(
      long renewed,
      long pastDueStarted,
      long recovered,
      long endedInsufficientCredits,
      long endedAtPeriodEnd,
      long errors) {}

  /** What the last reconciliation found. */
  record ReconciliationRun(Instant finishedAt, long age, List<CheckLight> checks) {

    long violations() {
      return checks.stream().mapToLong(CheckLight::violations).sum();
    }
  }

  /** How many rows break an invariant. */
  record CheckLight(String name, long violations) {}

  /** Payments and refunds that wait for a user or for their payment. */
  record Payments(long count, List<ParkedPayment> latest) {}

  /** One of them. */
  record ParkedPayment(
      String id, String type, String user, long amountMicrodollars, Instant receivedAt) {}

  /** Usage that is not charged because it cannot be right. */
  record Quarantine(long count, List<DoubtfulUsage> latest) {}

  /** One of these records. */
  record DoubtfulUsage(
      String eventId, String user, String reason, long listCostMicrodollars, Instant at) {}

  /** What waits for a listener or a webhook, and what it will never be told. */
  record Backlog(String listener, long pending, long oldestAge, long abandoned) {}

  /** Credentials that serve somebody and are known not to work. */
  record Credentials(long unhealthy, List<UnhealthyCredential> latest) {}

  /** One of them, and whom it serves. */
  record UnhealthyCredential(UUID id, String plan, String health, Instant since, String user) {

    /** Returns the address of all that the user has had. */
    String ofUser() {
      return SubscriptionFilter.ofUser(user).list();
    }
  }

  /** The last rotation of encryption keys. */
  record RotationRun(
      long key,
      boolean running,
      long total,
      long done,
      long failed,
      Instant startedAt,
      @Nullable Instant finishedAt) {}
}
