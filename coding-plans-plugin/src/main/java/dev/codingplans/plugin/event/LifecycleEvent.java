package dev.codingplans.plugin.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.codingplans.gateway.spi.identity.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Something that happened and that others may want to hear of (F2). It never holds key text. */
public sealed interface LifecycleEvent {

  /** Returns the event's name, for example {@code subscription.activated}. */
  @JsonIgnore
  String type();

  /** Returns whose event it is; events of one user are delivered in order. */
  @JsonIgnore
  Optional<UserId> user();

  /** An event of one user. */
  sealed interface OfUser extends LifecycleEvent {

    UserId owner();

    @Override
    @JsonIgnore
    default Optional<UserId> user() {
      return Optional.of(owner());
    }
  }

  /** An event of the operator's. */
  sealed interface OfOperator extends LifecycleEvent {

    @Override
    @JsonIgnore
    default Optional<UserId> user() {
      return Optional.empty();
    }
  }

  /** A user bought a plan. */
  record SubscriptionActivated(
      @JsonIgnore UserId owner,
      UUID subscriptionId,
      String planId,
      String providerId,
      long priceMicrodollars,
      Instant currentPeriodEnd)
      implements OfUser {

    @Override
    public String type() {
      return "subscription.activated";
    }
  }

  /**
   * A subscription will be charged soon.
   *
   * @param balanceCovers whether the balance of now would be enough
   */
  record SubscriptionRenewalUpcoming(
      @JsonIgnore UserId owner,
      UUID subscriptionId,
      String planId,
      String providerId,
      long priceMicrodollars,
      Instant renewalAt,
      boolean balanceCovers)
      implements OfUser {

    @Override
    public String type() {
      return "subscription.renewal_upcoming";
    }
  }

  /**
   * A subscription was charged for another period.
   *
   * @param skippedPeriods how many went by without a charge, because nothing was charged then (R5)
   */
  record SubscriptionRenewed(
      @JsonIgnore UserId owner,
      UUID subscriptionId,
      String planId,
      String providerId,
      long priceMicrodollars,
      Instant currentPeriodStart,
      Instant currentPeriodEnd,
      long skippedPeriods)
      implements OfUser {

    @Override
    public String type() {
      return "subscription.renewed";
    }
  }

  /** A balance was too low for a renewal; access goes on until the grace ends. */
  record SubscriptionPastDue(
      @JsonIgnore UserId owner,
      UUID subscriptionId,
      String planId,
      String providerId,
      long shortfallMicrodollars,
      Instant graceEndsAt)
      implements OfUser {

    @Override
    public String type() {
      return "subscription.past_due";
    }
  }

  /** A subscription is past due no more. */
  record SubscriptionRecovered(
      @JsonIgnore UserId owner,
      UUID subscriptionId,
      String planId,
      String providerId,
      Instant currentPeriodEnd)
      implements OfUser {

    @Override
    public String type() {
      return "subscription.recovered";
    }
  }

  /** A subscription will end instead of being renewed. */
  record SubscriptionCancelScheduled(
      @JsonIgnore UserId owner,
      UUID subscriptionId,
      String planId,
      String providerId,
      Instant accessEndsAt)
      implements OfUser {

    @Override
    public String type() {
      return "subscription.cancel_scheduled";
    }
  }

  /** A scheduled end was taken back. */
  record SubscriptionResumed(
      @JsonIgnore UserId owner,
      UUID subscriptionId,
      String planId,
      String providerId,
      Instant renewalAt)
      implements OfUser {

    @Override
    public String type() {
      return "subscription.resumed";
    }
  }

  /** An operator gave a subscription more time, for nothing. */
  record SubscriptionExtended(
      @JsonIgnore UserId owner,
      UUID subscriptionId,
      String planId,
      String providerId,
      int days,
      Instant currentPeriodEnd)
      implements OfUser {

    @Override
    public String type() {
      return "subscription.extended";
    }
  }

  /** A subscription is over. */
  record SubscriptionEnded(
      @JsonIgnore UserId owner,
      UUID subscriptionId,
      String planId,
      String providerId,
      String reason,
      Instant accessEndedAt)
      implements OfUser {

    @Override
    public String type() {
      return "subscription.ended";
    }
  }

  /** A user bought units of a quota plan. */
  record QuotaPurchased(
      @JsonIgnore UserId owner,
      UUID allowanceId,
      String planId,
      String unit,
      int unitsTotal,
      long priceMicrodollars,
      Instant periodEnd)
      implements OfUser {

    @Override
    public String type() {
      return "quota.purchased";
    }
  }

  /** A user took a unit of an allowance. */
  record QuotaAllocated(
      @JsonIgnore UserId owner,
      UUID allocationId,
      UUID allowanceId,
      String planId,
      String unit,
      Instant expiresAt)
      implements OfUser {

    @Override
    public String type() {
      return "quota.allocated";
    }
  }

  /** Credit was added to a user's balance. */
  record CreditAdded(
      @JsonIgnore UserId owner, UUID ledgerEntryId, String kind, long amountMicrodollars)
      implements OfUser {

    @Override
    public String type() {
      return "credit.added";
    }
  }

  /** An account is not charged any more, because its money does not add up. */
  record AccountParked(@JsonIgnore UserId owner, List<String> checks) implements OfUser {

    @Override
    public String type() {
      return "account.parked";
    }
  }

  /** The user's account is gone; whatever else is kept for the user should go as well. */
  record AccountDeleted(@JsonIgnore UserId owner) implements OfUser {

    @Override
    public String type() {
      return "account.deleted";
    }
  }

  /** A plan that the user waits for is in stock again; nothing is reserved. */
  record StockAvailable(@JsonIgnore UserId owner, String planId) implements OfUser {

    @Override
    public String type() {
      return "stock.available";
    }
  }

  /**
   * A credential serves its user no more, although nobody ended it.
   *
   * @param health why: {@code subscription_inactive} or {@code rejected}
   */
  record CredentialUnhealthy(UUID credentialId, String planId, String providerId, String health)
      implements OfOperator {

    @Override
    public String type() {
      return "credential.unhealthy";
    }
  }

  /** A credential that was unhealthy serves its user again. */
  record CredentialRecovered(UUID credentialId, String planId, String providerId)
      implements OfOperator {

    @Override
    public String type() {
      return "credential.recovered";
    }
  }

  /** A credential has to be ended at its provider. */
  record CredentialRevocationPending(UUID credentialId, String planId, String providerId)
      implements OfOperator {

    @Override
    public String type() {
      return "credential.revocation_pending";
    }
  }

  /** A credential was ended at its provider. */
  record CredentialRevoked(UUID credentialId, String planId, String providerId)
      implements OfOperator {

    @Override
    public String type() {
      return "credential.revoked";
    }
  }

  /**
   * A subscription goes on with another credential.
   *
   * @param automatic whether it was because the one before did not work any more
   */
  record CredentialSwapped(
      @JsonIgnore UserId owner,
      UUID subscriptionId,
      String planId,
      String providerId,
      UUID retiredCredentialId,
      UUID credentialId,
      boolean automatic)
      implements OfUser {

    @Override
    public String type() {
      return "credential.swapped";
    }
  }

  /**
   * A plan runs out, or has run out.
   *
   * @param available how many are left
   * @param level {@code low} or {@code sold_out}
   */
  record StockLow(String planId, long available, String level) implements OfOperator {

    @Override
    public String type() {
      return "stock.low";
    }
  }

  /**
   * A user has reached another step of the discount ladder.
   *
   * @param previousTier what was told before
   * @param multiplier what usage is charged with from now on, as a decimal text
   */
  record TierChanged(@JsonIgnore UserId owner, String previousTier, String tier, String multiplier)
      implements OfUser {

    @Override
    public String type() {
      return "tier.changed";
    }
  }
}
