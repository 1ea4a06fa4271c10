package dev.codingplans.plugin.quota;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.catalog.Plan;
import dev.codingplans.plugin.credit.Accounts;
import dev.codingplans.plugin.credit.EntryKind;
import dev.codingplans.plugin.event.LifecycleEvent.QuotaPurchased;
import dev.codingplans.plugin.event.Outbox;
import dev.codingplans.plugin.idempotency.IdempotencyKey;
import dev.codingplans.plugin.idempotency.IdempotencyKeys;
import dev.codingplans.plugin.quota.QuotaPurchase.Purchased;
import dev.codingplans.plugin.refusal.Refusal;
import dev.codingplans.plugin.time.TimeSource;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The one transaction of a purchase: charge, allowance and event, or nothing. */
@Singleton
class QuotaPurchaseTransaction {

  private final Accounts accounts;
  private final IdempotencyKeys keys;
  private final QuotaChecks checks;
  private final AllowanceRepository allowances;
  private final TimeSource time;
  private final Outbox outbox;

  QuotaPurchaseTransaction(
      Accounts accounts,
      IdempotencyKeys keys,
      QuotaChecks checks,
      AllowanceRepository allowances,
      TimeSource time,
      Outbox outbox) {
    this.accounts = accounts;
    this.keys = keys;
    this.checks = checks;
    this.allowances = allowances;
    this.time = time;
    this.outbox = outbox;
  }

  /** Returns what the key bought before, in its current state. */
  @Transactional
  public Optional<Allowance> replay(UserId user, IdempotencyKey key) {
    return keys.replay(key).flatMap(id -> allowances.find(id, user));
  }

  @Transactional
  public Purchased buy(
      UserId user, Optional<Plan.Quota> asked, Optional<Refusal> veto, IdempotencyKey key) {
    var balance = accounts.lock(user);
    var done = replay(user, key);
    if (done.isPresent()) {
      return new Purchased(done.get(), true);
    }
    var now = time.now();
    var plan = checks.require(user, asked, veto, balance, now);
    var id = UUID.randomUUID();
    add(id, user, plan, now);
    keys.remember(key, id);
    return new Purchased(allowances.find(id, user).orElseThrow(), false);
  }

  private void add(UUID id, UserId user, Plan.Quota plan, Instant now) {
    var end = now.plus(plan.period());
    var debit =
        accounts.charge(
            user,
            EntryKind.QUOTA_PURCHASE,
            plan.priceMicrodollars(),
            "Quota plan: " + plan.name(),
            "quota:" + id,
            now);
    allowances.add(
        id,
        user,
        plan.unit(),
        plan.id(),
        plan.priceMicrodollars(),
        plan.units(),
        now,
        end,
        debit.id());
    outbox.append(
        new QuotaPurchased(
            user, id, plan.id().value(), plan.unit(), plan.units(), plan.priceMicrodollars(), end),
        now);
  }
}
