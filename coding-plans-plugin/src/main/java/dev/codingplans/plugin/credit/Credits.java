package dev.codingplans.plugin.credit;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.event.LifecycleEvent.CreditAdded;
import dev.codingplans.plugin.event.Outbox;
import dev.codingplans.plugin.event.RenewalPossible;
import dev.codingplans.plugin.idempotency.IdempotencyKey;
import dev.codingplans.plugin.idempotency.IdempotencyKeys;
import dev.codingplans.plugin.time.TimeSource;
import io.micronaut.context.event.ApplicationEventPublisher;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a user sees of the balance, and how an admin adds to it. */
@Singleton
public class Credits {

  private final AccountRepository accounts;
  private final LedgerRepository ledger;
  private final Accounts locks;
  private final IdempotencyKeys keys;
  private final TimeSource time;
  private final Outbox outbox;
  private final ApplicationEventPublisher<RenewalPossible> arrivals;

  Credits(
      AccountRepository accounts,
      LedgerRepository ledger,
      Accounts locks,
      IdempotencyKeys keys,
      TimeSource time,
      Outbox outbox,
      ApplicationEventPublisher<RenewalPossible> arrivals) {
    this.accounts = accounts;
    this.ledger = ledger;
    this.locks = locks;
    this.keys = keys;
    this.time = time;
    this.outbox = outbox;
    this.arrivals = arrivals;
  }

  /** Returns the user's balance; a user who never had credit has none. */
  @Transactional(readOnly = true)
  public Balance balanceOf(UserId user) {
    var account = accounts.find(user);
    return new Balance(
        account.map(Account::balanceMicrodollars).orElse(0L),
        account.flatMap(Account::paidFirstAt),
        time.now());
  }

  /** Returns entries older than the position, newest first. */
  public List<LedgerEntry> entriesBefore(UserId user, long position, int most) {
    return ledger.listBefore(user, position, most);
  }

  /**
   * Adds to a user's balance, or corrects it; a repeat with the same key returns the same entry.
   */
  @Transactional
  public Granted grant(UserId user, Grant grant, IdempotencyKey key) {
    locks.lock(user);
    var before = keys.replay(key).flatMap(ledger::find);
    if (before.isPresent()) {
      return new Granted(before.get(), true);
    }
    var now = time.now();
    var entry =
        locks.move(
            user, grant.kind(), grant.amountMicrodollars(), grant.reason(), key.ledgerKey(), now);
    if (grant.kind() == EntryKind.PAID_CREDIT) {
      accounts.startTenure(user, now);
    }
    if (entry.amountMicrodollars() > 0) {
      outbox.append(
          new CreditAdded(user, entry.id(), entry.kind(), entry.amountMicrodollars()), now);
      arrivals.publishEvent(new RenewalPossible(user));
    }
    keys.remember(key, entry.id());
    return new Granted(entry, false);
  }

  /**
   * A balance at an instant.
   *
   * @param firstPaidAt when tenure started
   */
  public record Balance(long microdollars, Optional<Instant> firstPaidAt, Instant at) {}

  /** What an admin adds, and why. */
  public record Grant(EntryKind kind, long amountMicrodollars, String reason) {}

  /** The entry that a grant made, now or before. */
  public record Granted(LedgerEntry entry, boolean replayed) {}
}
