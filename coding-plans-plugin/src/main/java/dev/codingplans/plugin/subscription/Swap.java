package dev.codingplans.plugin.subscription;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.credit.Accounts;
import dev.codingplans.plugin.idempotency.IdempotencyKey;
import dev.codingplans.plugin.idempotency.IdempotencyKeys;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Moves a live subscription to another credential because an operator says so, once (I8). */
@Singleton
public class Swap {

  private final Accounts accounts;
  private final IdempotencyKeys keys;
  private final LockedSubscriptions locked;
  private final SubscriptionRepository subscriptions;
  private final CredentialExchange exchange;

  Swap(
      Accounts accounts,
      IdempotencyKeys keys,
      LockedSubscriptions locked,
      SubscriptionRepository subscriptions,
      CredentialExchange exchange) {
    this.accounts = accounts;
    this.keys = keys;
    this.locked = locked;
    this.subscriptions = subscriptions;
    this.exchange = exchange;
  }

  /** Swaps once, however often it is asked with the same key. */
  @Transactional
  public Swapped swap(UserId owner, UUID id, IdempotencyKey key) {
    accounts.lock(owner);
    var done = keys.replay(key).flatMap(made -> subscriptions.find(made, owner));
    if (done.isPresent()) {
      return new Swapped(done.get(), true);
    }
    var subscription = locked.getLive(owner, id);
    exchange.exchange(subscription, exchange.lock(subscription), false);
    keys.remember(key, id);
    return new Swapped(subscriptions.find(id, owner).orElseThrow(), false);
  }

  /** A subscription, swapped now or before with the same key. */
  public record Swapped(Subscription subscription, boolean replayed) {}
}
