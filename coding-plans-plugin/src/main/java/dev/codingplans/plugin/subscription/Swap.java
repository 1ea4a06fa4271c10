package dev.codingplans.plugin.subscription;

import static dev.codingplans.plugin.refusal.Refusal.Code.INVALID_STATE;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.credit.Accounts;
import dev.codingplans.plugin.idempotency.IdempotencyKey;
import dev.codingplans.plugin.idempotency.IdempotencyKeys;
import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.Optional;
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
    return swap(owner, id, Optional.empty(), key);
  }

  /**
   * Swaps once, and only what is still served by the credential that whoever asks has seen: another
   * one has just taken its place, and is good.
   */
  @Transactional
  public Swapped swapFrom(UserId owner, UUID id, UUID seen, IdempotencyKey key) {
    return swap(owner, id, Optional.of(seen), key);
  }

  private Swapped swap(UserId owner, UUID id, Optional<UUID> seen, IdempotencyKey key) {
    accounts.lock(owner);
    var done = keys.replay(key).flatMap(made -> subscriptions.find(made, owner));
    if (done.isPresent()) {
      return new Swapped(done.get(), true);
    }
    var subscription = locked.getLive(owner, id);
    var from = exchange.lock(subscription);
    if (seen.isPresent() && !seen.get().equals(from)) {
      throw new Refusal(INVALID_STATE, "The subscription has another credential by now.");
    }
    exchange.exchange(subscription, from, false);
    keys.remember(key, id);
    return new Swapped(subscriptions.find(id, owner).orElseThrow(), false);
  }

  /** A subscription, swapped now or before with the same key. */
  public record Swapped(Subscription subscription, boolean replayed) {}
}
