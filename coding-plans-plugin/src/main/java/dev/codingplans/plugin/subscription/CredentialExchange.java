package dev.codingplans.plugin.subscription;

import dev.codingplans.plugin.credential.Retirement;
import dev.codingplans.plugin.credential.Retirement.Retired;
import dev.codingplans.plugin.credential.Stock;
import dev.codingplans.plugin.event.EntitlementChanged;
import dev.codingplans.plugin.event.LifecycleEvent.CredentialSwapped;
import dev.codingplans.plugin.event.Outbox;
import dev.codingplans.plugin.time.TimeSource;
import io.micronaut.context.event.ApplicationEventPublisher;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/**
 * Puts the next credential of its plan into a live subscription, and retires the one before. What
 * is paid for, and the key's place among the user's, stay as they are (I8).
 */
@Singleton
class CredentialExchange {

  private final SwapRepository subscriptions;
  private final Stock stock;
  private final Retirement retirement;
  private final TimeSource time;
  private final Outbox outbox;
  private final ApplicationEventPublisher<EntitlementChanged> changes;

  CredentialExchange(
      SwapRepository subscriptions,
      Stock stock,
      Retirement retirement,
      TimeSource time,
      Outbox outbox,
      ApplicationEventPublisher<EntitlementChanged> changes) {
    this.subscriptions = subscriptions;
    this.stock = stock;
    this.retirement = retirement;
    this.time = time;
    this.outbox = outbox;
    this.changes = changes;
  }

  /** Locks the subscription, whose account is locked, and returns what serves it. */
  @Transactional(propagation = Propagation.MANDATORY)
  public UUID lock(Subscription subscription) {
    return subscriptions.lockCredentialOf(subscription.id()).orElseThrow();
  }

  /** Exchanges the credential; sold out if there is none to exchange it for. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void exchange(Subscription subscription, UUID from, boolean automatic) {
    var now = time.now();
    var owner = subscription.userId();
    var plan = subscription.planId();
    var provider = subscription.providerId();
    // The plan may be closed or gone from the catalog: what is in stock of it is its own.
    var to = stock.claim(plan, provider, owner, now);
    if (subscriptions.exchange(subscription.id(), from, to) != 1) {
      throw new IllegalStateException("a subscription changed although its account is locked");
    }
    retirement.retire(List.of(new Retired(from, plan.value(), provider.value(), now)), now);
    outbox.append(
        new CredentialSwapped(
            owner, subscription.id(), plan.value(), provider.value(), from, to, automatic),
        now);
    changes.publishEvent(new EntitlementChanged(owner));
  }
}
