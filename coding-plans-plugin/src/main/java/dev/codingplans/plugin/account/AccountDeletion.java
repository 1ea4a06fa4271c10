package dev.codingplans.plugin.account;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.audit.AuditLog;
import dev.codingplans.plugin.byok.ByokKeys;
import dev.codingplans.plugin.credential.Stock;
import dev.codingplans.plugin.credit.Accounts;
import dev.codingplans.plugin.credit.DeletedName;
import dev.codingplans.plugin.credit.lease.Leases;
import dev.codingplans.plugin.database.LongStatements;
import dev.codingplans.plugin.event.LifecycleEvent.AccountDeleted;
import dev.codingplans.plugin.event.Outbox;
import dev.codingplans.plugin.idempotency.IdempotencyKeys;
import dev.codingplans.plugin.quota.Allowances;
import dev.codingplans.plugin.subscription.AvailabilityIntents;
import dev.codingplans.plugin.subscription.Subscriptions;
import dev.codingplans.plugin.time.TimeSource;
import dev.codingplans.plugin.usage.UsageOfDeleted;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;

/**
 * Deletes a user's account: what is live ends, what is the user's own goes, and the books stay
 * under a name that stands for nobody (X6). Deleting twice is harmless.
 */
@Singleton
public class AccountDeletion {

  private final Accounts accounts;
  private final Subscriptions subscriptions;
  private final Allowances allowances;
  private final ByokKeys keys;
  private final AvailabilityIntents intents;
  private final Stock stock;
  private final UsageOfDeleted usage;
  private final IdempotencyKeys idempotencyKeys;
  private final Preferences preferences;
  private final Leases leases;
  private final Tombstones tombstones;
  private final AuditLog audit;
  private final TimeSource time;
  private final Outbox outbox;
  private final LongStatements longStatements;

  AccountDeletion(
      Accounts accounts,
      Subscriptions subscriptions,
      Allowances allowances,
      ByokKeys keys,
      AvailabilityIntents intents,
      Stock stock,
      UsageOfDeleted usage,
      IdempotencyKeys idempotencyKeys,
      Preferences preferences,
      Leases leases,
      Tombstones tombstones,
      AuditLog audit,
      TimeSource time,
      Outbox outbox,
      LongStatements longStatements) {
    this.accounts = accounts;
    this.subscriptions = subscriptions;
    this.allowances = allowances;
    this.keys = keys;
    this.intents = intents;
    this.stock = stock;
    this.usage = usage;
    this.idempotencyKeys = idempotencyKeys;
    this.preferences = preferences;
    this.leases = leases;
    this.tombstones = tombstones;
    this.audit = audit;
    this.time = time;
    this.outbox = outbox;
    this.longStatements = longStatements;
  }

  /**
   * Deletes the account of a user who asks for it. Whoever has a valid token has one: what is not
   * known here, the host may know.
   */
  @Transactional
  public void deleteOwn(UserId user) {
    var isPresent = deleteIfPresent(user);
    var now = time.now();
    tombstones.add(user, now);
    if (!isPresent) {
      outbox.append(new AccountDeleted(user), now);
    }
  }

  /** Deletes the account; tokens that the user has by now are refused from here on. */
  @Transactional
  public void delete(UserId user) {
    var isPresent = deleteIfPresent(user);
    var now = time.now();
    var isFirst = tombstones.add(user, now);
    if (!isPresent && isFirst) {
      outbox.append(new AccountDeleted(user), now);
    }
  }

  private boolean deleteIfPresent(UserId user) {
    var anonymous = DeletedName.random();
    var isPresent = accounts.lockIfPresent(user);
    if (isPresent) {
      deletePresent(user, anonymous);
    }
    // Whoever has no account may be an admin, or was meant by one.
    audit.rename(user, anonymous);
    return isPresent;
  }

  private void deletePresent(UserId user, UserId anonymous) {
    var now = time.now();
    subscriptions.endAllOf(user, now);
    allowances.endAllOf(user, now);
    keys.deleteAllOf(user);
    intents.deleteAllOf(user);
    stock.forgetUser(user);
    idempotencyKeys.forgetUser(user);
    preferences.deleteAllOf(user);
    leases.deleteAllOf(user);
    accounts.writeOff(user, now);
    outbox.append(new AccountDeleted(user), now);
    longStatements.run(() -> rename(user, anonymous));
  }

  /** All of the history goes along, years of it. */
  private void rename(UserId user, UserId anonymous) {
    usage.rename(user, anonymous);
    accounts.rename(user, anonymous);
  }
}
