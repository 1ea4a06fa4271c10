package dev.codingplans.plugin.http.pages.center;

import dev.codingplans.plugin.http.pages.quota.RunningAllowance;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the database knows of a user that the subscription center shows, as one statement reads it.
 *
 * @param now product time
 * @param parked whether nothing is charged until the operator has checked the balance
 * @param plansInStock the ids of the catalog's plans of which something is in stock
 * @param awaitedPlans the ids of those that the user waits for
 * @param keyProviders the ids of the providers of which the user has an own key, on or off
 * @param ended the latest ones that have ended, one more than are shown, if they were asked for
 * @param hasEnded whether there is any that has ended
 */
record CenterRows(
    Instant now,
    long balanceMicrodollars,
    long uncollectedMicrodollars,
    long owedMicrodollars,
    @Nullable Instant firstPaidAt,
    boolean autoTopUp,
    boolean parked,
    Map<String, String> salesStates,
    Set<String> plansInStock,
    Set<String> awaitedPlans,
    Set<String> keyProviders,
    List<Live> live,
    List<Ended> ended,
    boolean hasEnded,
    List<RunningAllowance> allowances) {

  /** Returns what is left for a charge when the other plans that are due before it are paid. */
  long balanceFor(Live row) {
    return balanceMicrodollars
        - live.stream().filter(row::isAfter).mapToLong(Live::priceMicrodollars).sum();
  }

  /** A subscription that has not ended. */
  record Live(
      UUID id,
      String planId,
      String providerId,
      String status,
      boolean cancelAtPeriodEnd,
      long priceMicrodollars,
      int periodDays,
      Instant currentPeriodEnd,
      Instant renewalAt,
      @Nullable Instant graceEndsAt) {

    private boolean isAfter(Live other) {
      return !other.cancelAtPeriodEnd() && other.renewalAt().isBefore(renewalAt);
    }
  }

  /** A subscription that has ended. */
  record Ended(
      UUID id,
      long position,
      String planId,
      String providerId,
      long priceMicrodollars,
      int periodDays,
      Instant createdAt,
      Instant canceledAt,
      String cancellationReason) {}
}
