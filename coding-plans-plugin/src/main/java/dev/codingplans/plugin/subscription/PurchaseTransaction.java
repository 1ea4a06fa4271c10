package dev.codingplans.plugin.subscription;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.byok.ByokKeys;
import dev.codingplans.plugin.catalog.Plan;
import dev.codingplans.plugin.credential.Stock;
import dev.codingplans.plugin.credit.Accounts;
import dev.codingplans.plugin.credit.EntryKind;
import dev.codingplans.plugin.event.EntitlementChanged;
import dev.codingplans.plugin.event.LifecycleEvent.SubscriptionActivated;
import dev.codingplans.plugin.event.Outbox;
import dev.codingplans.plugin.idempotency.IdempotencyKey;
import dev.codingplans.plugin.idempotency.IdempotencyKeys;
import dev.codingplans.plugin.refusal.Refusal;
import dev.codingplans.plugin.subscription.Purchase.Purchased;
import dev.codingplans.plugin.time.TimeSource;
import io.micronaut.context.event.ApplicationEventPublisher;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The one transaction of a purchase: all of it happens, or nothing (P1). */
@Singleton
class PurchaseTransaction {

  private final Accounts accounts;
  private final IdempotencyKeys keys;
  private final PurchaseChecks checks;
  private final TimeSource time;
  private final Stock stock;
  private final SubscriptionRepository subscriptions;
  private final IntentRepository intents;
  private final ByokKeys byok;
  private final Outbox outbox;
  private final ApplicationEventPublisher<EntitlementChanged> changes;

  PurchaseTransaction(
      Accounts accounts,
      IdempotencyKeys keys,
      PurchaseChecks checks,
      TimeSource time,
      Stock stock,
      SubscriptionRepository subscriptions,
      IntentRepository intents,
      ByokKeys byok,
      Outbox outbox,
      ApplicationEventPublisher<EntitlementChanged> changes) {
    this.accounts = accounts;
    this.keys = keys;
    this.checks = checks;
    this.time = time;
    this.stock = stock;
    this.subscriptions = subscriptions;
    this.intents = intents;
    this.byok = byok;
    this.outbox = outbox;
    this.changes = changes;
  }

  /** Returns what the key bought before, in its current state. */
  @Transactional
  public Optional<Subscription> replay(UserId user, IdempotencyKey key) {
    return keys.replay(key).flatMap(id -> subscriptions.find(id, user));
  }

  @Transactional
  public Purchased buy(
      UserId user, Plan.Credential plan, Optional<Refusal> veto, IdempotencyKey key) {
    var balance = accounts.lock(user);
    var done = replay(user, key);
    if (done.isPresent()) {
      return new Purchased(done.get(), true);
    }
    checks.require(user, plan, veto, balance);
    var now = time.now();
    var credential = stock.claim(plan.id(), plan.providerId(), user, now);
    var id = subscribe(user, plan, credential, now);
    keys.remember(key, id);
    return new Purchased(subscriptions.find(id, user).orElseThrow(), false);
  }

  private UUID subscribe(UserId user, Plan.Credential plan, UUID credential, Instant now) {
    var id = UUID.randomUUID();
    var term = Term.of(now, plan.period());
    subscriptions.add(
        id,
        user,
        plan.providerId(),
        plan.id(),
        plan.priceMicrodollars(),
        plan.periodDays(),
        term.start(),
        term.end(),
        credential);
    charge(user, plan, id, term);
    byok.installManaged(user, plan.providerId(), id, now);
    intents.delete(user, plan.id());
    outbox.append(
        new SubscriptionActivated(
            user,
            id,
            plan.id().value(),
            plan.providerId().value(),
            plan.priceMicrodollars(),
            term.end()),
        now);
    changes.publishEvent(new EntitlementChanged(user));
    return id;
  }

  private void charge(UserId user, Plan.Credential plan, UUID subscription, Term term) {
    var entry =
        accounts.charge(
            user,
            EntryKind.ACTIVATION,
            plan.priceMicrodollars(),
            "Coding plan: " + plan.fullName(),
            "activation:" + subscription,
            term.start());
    subscriptions.addTerm(
        UUID.randomUUID(),
        subscription,
        EntryKind.ACTIVATION.code(),
        term.start(),
        term.end(),
        plan.priceMicrodollars(),
        entry.id(),
        term.start());
  }
}
