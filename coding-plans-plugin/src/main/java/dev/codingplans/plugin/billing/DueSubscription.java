package dev.codingplans.plugin.billing;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.subscription.Term;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A live subscription as billing sees it.
 *
 * @param renewalAt when the next period starts that is to be charged
 * @param graceEndsAt until when a past-due one has access; empty unless it is past due
 */
record DueSubscription(
    UUID id,
    UserId user,
    PlanId plan,
    ProviderId provider,
    long priceMicrodollars,
    Duration period,
    boolean cancellationScheduled,
    Instant renewalAt,
    Optional<Instant> graceEndsAt) {

  boolean isPastDue() {
    return graceEndsAt.isPresent();
  }

  /** Returns when access ends if nothing is charged any more. */
  Instant accessEndsAt() {
    return graceEndsAt.orElse(renewalAt);
  }

  /**
   * Returns how many periods went by since it was due. They are never charged: after an outage the
   * user pays for the period of now (R5).
   */
  long skippedPeriods(Instant now) {
    return Duration.between(renewalAt, now).dividedBy(period);
  }

  /**
   * Returns the period that is to be charged now. It is counted from the due instant, so there is
   * no drift.
   */
  Term termAt(Instant now) {
    return Term.of(renewalAt.plus(period.multipliedBy(skippedPeriods(now))), period);
  }
}
