package dev.codingplans.plugin.subscription;

import static dev.codingplans.plugin.refusal.Refusal.Code.INVALID_STATE;
import static dev.codingplans.plugin.refusal.Refusal.Code.NOT_FOUND;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.credit.Accounts;
import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Finds what a call names, and locks its owner's account first: one lock order everywhere. */
@Singleton
class LockedSubscriptions {

  private final Accounts accounts;
  private final SubscriptionRepository subscriptions;

  LockedSubscriptions(Accounts accounts, SubscriptionRepository subscriptions) {
    this.accounts = accounts;
    this.subscriptions = subscriptions;
  }

  /** Returns the user's subscription under the lock; it must be live. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Subscription getLive(UserId user, UUID id) {
    accounts.lock(user);
    return requireLive(subscriptions.find(id, user).orElseThrow(LockedSubscriptions::unknown));
  }

  static Subscription requireLive(Subscription subscription) {
    if (!subscription.isLive()) {
      throw new Refusal(INVALID_STATE, "This subscription has ended.");
    }
    return subscription;
  }

  static Refusal unknown() {
    return new Refusal(NOT_FOUND, "There is no such subscription.");
  }
}
