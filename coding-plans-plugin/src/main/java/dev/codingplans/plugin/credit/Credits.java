package dev.codingplans.plugin.credit;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.event.LifecycleEvent.CreditAdded;
import dev.codingplans.plugin.event.Outbox;
import dev.codingplans.plugin.event.RenewalPossible;
import dev.codingplans.plugin.idempotency.IdempotencyKey;
import dev.codingplans.plugin.idempotency.IdempotencyKeys;
import dev.codingplans.plugin.refusal.Refusal;
import dev.codingplans.plugin.time.TimeSource;
import io.micronaut.context.event.ApplicationEventPublisher;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
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
        account.map(Account::uncollectedMicrodollars).orElse(0L),
        account.flatMap(Account::paidFirstAt),
        account.map(Account::autoTopUp).orElse(false),
        time.now());
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
      announce(user, entry, now);
    }
    keys.remember(key, entry.id());
    return new Granted(entry, false);
  }

  /** Adds what the user paid to the balance, once for each key; the account is locked. */
  @Transactional(propagation = Propagation.MANDATORY)
  public LedgerEntry addPayment(
      UserId user, long amount, String description, String key, Instant now) {
    var entry = locks.move(user, EntryKind.PAID_CREDIT, amount, description, key, now);
    accounts.startTenure(user, now);
    announce(user, entry, now);
    return entry;
  }

  /** Returns the entry that the key made in the user's ledger. */
  public Optional<LedgerEntry> findEntry(UserId user, String key) {
    return ledger.find(user, key);
  }

  /** Switches on or off whether credit may be collected when a renewal lacks it (G2). */
  @Transactional
  public void setAutoTopUp(UserId user, boolean enabled) {
    locks.lock(user);
    accounts.setAutoTopUp(user, enabled);
    if (enabled) {
      arrivals.publishEvent(new RenewalPossible(user));
    }
  }

  private void announce(UserId user, LedgerEntry entry, Instant now) {
    outbox.append(new CreditAdded(user, entry.id(), entry.kind(), entry.amountMicrodollars()), now);
    arrivals.publishEvent(new RenewalPossible(user));
  }

  /**
   * A balance at an instant.
   *
   * @param uncollectedMicrodollars what usage cost beyond the balance (D7)
   * @param firstPaidAt when tenure started
   * @param autoTopUp whether credit may be collected when a renewal lacks it
   */
  public record Balance(
      long microdollars,
      long uncollectedMicrodollars,
      Optional<Instant> firstPaidAt,
      boolean autoTopUp,
      Instant at) {}

  /** What an admin adds, or takes away to correct something, and why. */
  public record Grant(EntryKind kind, long amountMicrodollars, String reason) {

    /** What a reason is made of. */
    public static final String REASON_FORM = "[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]{1,300}";

    /** Which reasons are taken. */
    public static final String REASON_RULE = "it must be 1 to 300 printable characters";

    /** A billion dollars: more is a slip of the finger. */
    private static final long MAX_MICRODOLLARS = 1_000_000_000_000_000L;

    public Grant {
      if (amountMicrodollars == 0
          || amountMicrodollars > MAX_MICRODOLLARS
          || amountMicrodollars < -MAX_MICRODOLLARS) {
        throw Refusal.invalid(
            "amountMicrodollars", "it must not be zero, and at most " + MAX_MICRODOLLARS);
      }
      if (amountMicrodollars < 0 && kind != EntryKind.ADJUSTMENT) {
        throw Refusal.invalid("amountMicrodollars", "only an adjustment takes away");
      }
      if (!reason.matches(REASON_FORM)) {
        throw Refusal.invalid("reason", REASON_RULE);
      }
    }
  }

  /** The entry that a grant made, now or before. */
  public record Granted(LedgerEntry entry, boolean replayed) {}
}
