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

  /** A user bought a plan. */
  record SubscriptionActivated(
      @JsonIgnore UserId owner,
      UUID subscriptionId,
      String planId,
      String providerId,
      long priceMicrodollars,
      Instant currentPeriodEnd)
      implements LifecycleEvent {

    @Override
    public String type() {
      return "subscription.activated";
    }

    @Override
    public Optional<UserId> user() {
      return Optional.of(owner);
    }
  }

  /** Credit was added to a user's balance. */
  record CreditAdded(
      @JsonIgnore UserId owner, UUID ledgerEntryId, String kind, long amountMicrodollars)
      implements LifecycleEvent {

    @Override
    public String type() {
      return "credit.added";
    }

    @Override
    public Optional<UserId> user() {
      return Optional.of(owner);
    }
  }

  /** An account is not charged any more, because its money does not add up. */
  record AccountParked(@JsonIgnore UserId owner, List<String> checks) implements LifecycleEvent {

    @Override
    public String type() {
      return "account.parked";
    }

    @Override
    public Optional<UserId> user() {
      return Optional.of(owner);
    }
  }

  /** A credential has to be ended at its provider. */
  record CredentialRevocationPending(UUID credentialId, String planId, String providerId)
      implements LifecycleEvent {

    @Override
    public String type() {
      return "credential.revocation_pending";
    }

    @Override
    public Optional<UserId> user() {
      return Optional.empty();
    }
  }
}
