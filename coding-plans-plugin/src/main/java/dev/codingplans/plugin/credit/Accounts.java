package dev.codingplans.plugin.credit;

import static dev.codingplans.plugin.refusal.Refusal.Code.INSUFFICIENT_CREDITS;
import static dev.codingplans.plugin.refusal.Refusal.Code.INVALID_STATE;
import static dev.codingplans.plugin.refusal.Refusal.Code.UNAVAILABLE;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.database.SqlState;
import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The lock that every write to a user's rows takes first, and the only way to move a balance: with
 * an entry that says why, and never below zero.
 */
@Singleton
public class Accounts {

  private final AccountRepository accounts;
  private final LedgerRepository ledger;
  private final List<AccountLockListener> listeners;
  private final List<AccountOpenListener> openings;
  private final List<AccountRenameListener> renamings;

  Accounts(
      AccountRepository accounts,
      LedgerRepository ledger,
      List<AccountLockListener> listeners,
      List<AccountOpenListener> openings,
      List<AccountRenameListener> renamings) {
    this.accounts = accounts;
    this.ledger = ledger;
    this.listeners = listeners;
    this.openings = openings;
    this.renamings = renamings;
  }

  /**
   * Locks the user's account until the transaction ends, opens it if it is new; returns the
   * balance. From here on no statement of the transaction takes longer than two seconds, so that
   * whoever holds a lock does not take all connections from the others.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public long lock(UserId user) {
    accounts.limitWaits();
    var balance = withinLimit(() -> lockOrOpen(user));
    listeners.forEach(listener -> listener.onLocked(user));
    return balance;
  }

  /** Locks the user's account as {@link #lock} does, if there is one. */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean lockIfPresent(UserId user) {
    accounts.limitWaits();
    // Not looked for before: it may go while its lock is waited for.
    var isPresent = withinLimit(() -> accounts.lock(user)).isPresent();
    if (isPresent) {
      listeners.forEach(listener -> listener.onLocked(user));
    }
    return isPresent;
  }

  /**
   * Books out what is left of the balance, because its account goes. What is parked stays as it is:
   * its books are to be put right.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void writeOff(UserId user, Instant at) {
    var left = accounts.find(user).map(Account::balanceMicrodollars).orElse(0L);
    if (left > 0 && !accounts.isParked(user)) {
      move(user, EntryKind.ADJUSTMENT, -left, "Account deleted", "account-deleted", at);
    }
  }

  /** Gives the account, and with it all of its history, another name. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void rename(UserId user, UserId to) {
    if (accounts.rename(user, to) != 1) {
      throw new IllegalStateException("an account changed although it is locked");
    }
    renamings.forEach(listener -> listener.onRenamed(user, to));
  }

  private static <T> T withinLimit(Supplier<T> lock) {
    try {
      return lock.get();
    } catch (DataAccessException e) {
      throw SqlState.isTimeout(e) ? busy() : e;
    }
  }

  private long lockOrOpen(UserId user) {
    var locked = accounts.lock(user);
    if (locked.isEmpty()) {
      openings.forEach(listener -> listener.onOpening(user));
      accounts.open(user);
      locked = accounts.lock(user);
    }
    return locked.orElseThrow();
  }

  private static Refusal busy() {
    return new Refusal(
        UNAVAILABLE, "Another change of this account is under way. Try again in a moment.");
  }

  /** Takes what something costs from the balance; equality is enough. */
  @Transactional(propagation = Propagation.MANDATORY)
  public LedgerEntry charge(
      UserId user, EntryKind kind, long cost, String description, String key, Instant at) {
    return move(user, kind, -cost, description, key, at);
  }

  /** Moves the balance up or down. */
  @Transactional(propagation = Propagation.MANDATORY)
  public LedgerEntry move(
      UserId user, EntryKind kind, long amount, String description, String key, Instant at) {
    if (accounts.move(user, amount) == 0) {
      throw refusalIfParked(user).orElseGet(() -> lacking(user, -amount));
    }
    var id = UUID.randomUUID();
    ledger.append(id, user, kind.code(), amount, description, key, at);
    return ledger.find(id).orElseThrow();
  }

  /** Leases pass; credit does not come by itself. */
  private Refusal lacking(UserId user, long cost) {
    return accounts.covers(user, cost)
        ? new BalanceLeased()
        : new Refusal(INSUFFICIENT_CREDITS, "The balance does not cover " + Usd.format(cost) + ".");
  }

  /**
   * Tells whether the account, which is locked, can be charged so much now: it is not parked, and
   * nothing of that is leased.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean isFree(UserId user, long amount) {
    return accounts.isFree(user, amount);
  }

  /** Stops all charges of the account; tells whether that is new. */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean park(UserId user, Instant at) {
    return accounts.park(user, at) == 1;
  }

  /** Returns what refuses a charge while the account is parked. */
  public Optional<Refusal> refusalIfParked(UserId user) {
    return accounts.isParked(user)
        ? Optional.of(
            new Refusal(
                INVALID_STATE,
                "Charges to this account are on hold until the operator has checked its balance."))
        : Optional.empty();
  }

  /** Returns the parked accounts, the latest first. */
  public List<ParkedAccount> parked(int most) {
    return accounts.parked(most);
  }

  /** Returns how many accounts are parked. */
  public long parkedCount() {
    return accounts.parkedCount();
  }
}
