package dev.codingplans.plugin.credit.lease;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.credit.Accounts;
import dev.codingplans.plugin.credit.lease.Grant.Outcome;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Shares of balances that nodes have reserved. Every change of one is made under its account's
 * lock, so at every commit what is left of all leases is covered by the balance (M1).
 */
@Singleton
public class Leases {

  /** How long a lease lives unless its node renews it. */
  public static final Duration LIFE = Duration.ofSeconds(30);

  /** A request that is open for longer no longer finds what it was to be charged to. */
  private static final Duration KEPT = Duration.ofHours(1);

  private static final int MOST_DELETED = 1_000;

  private final Accounts accounts;
  private final LeaseRows rows;

  Leases(Accounts accounts, LeaseRows rows) {
    this.accounts = accounts;
    this.rows = rows;
  }

  /**
   * Renews a lease, which may be new, and lets it grow or shrink.
   *
   * @param wish asked under the account's lock
   */
  @Transactional
  public Grant renew(UserId user, UUID lease, Supplier<Wish> wish) {
    if (!accounts.lockIfPresent(user)) {
      return new Grant(0, Outcome.INSUFFICIENT);
    }
    var wanted = wish.get();
    var reserve = rows.reserve(user, lease);
    var granted = reserve.grown(wanted.need(), wanted.ahead());
    if (granted > 0 || reserve.granted() > 0) {
      // Whoever has no money, and never had, leaves nothing here.
      rows.keep(user, lease, granted, LIFE);
    }
    return new Grant(granted, outcome(user, lease, reserve.isEnough(granted, wanted.need())));
  }

  private Outcome outcome(UserId user, UUID lease, boolean isEnough) {
    if (isEnough) {
      return Outcome.ENOUGH;
    }
    return rows.live(List.of(user)).stream().allMatch(live -> live.id().equals(lease))
        ? Outcome.INSUFFICIENT
        : Outcome.LEASED_ELSEWHERE;
  }

  /** Gives back what no request holds. What is to be charged yet stays reserved for a while. */
  @Transactional
  public Grant giveBack(UserId user, UUID lease, long free) {
    return renew(user, lease, () -> new Wish(-free, 0));
  }

  /**
   * Forgets a lease that its node uses no more, unless charges are to come: while it is used, its
   * row is never deleted, because both count what was ever granted.
   */
  @Transactional
  public void forget(UserId user, UUID lease) {
    if (accounts.lockIfPresent(user)) {
      rows.deleteIfUsedUp(lease);
    }
  }

  /** Takes charges out of their leases, in the transaction that makes them. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void charge(Map<UUID, Long> charges) {
    if (!charges.isEmpty()) {
      rows.charge(charges);
    }
  }

  /** Returns the live leases of users whose accounts are locked. */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<LeaseRow> live(List<UserId> users) {
    return users.isEmpty() ? List.of() : rows.live(users);
  }

  /**
   * Asks the nodes for what no request holds; they look for it several times a second. Tells
   * whether there is any.
   */
  @Transactional
  public boolean recall(List<UserId> users) {
    return rows.recall(users) > 0;
  }

  /** Returns what the nodes of the leases must know of them, each of which had a row. */
  @Transactional
  public Map<UUID, Notice> notices(List<UUID> leases) {
    return rows.notices(leases);
  }

  /** Forgets the leases of an account that goes; it is locked. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void deleteAllOf(UserId user) {
    rows.deleteAllOf(user);
  }

  /** Deletes leases of nodes that are gone. */
  @Transactional
  public void deleteExpired() {
    rows.deleteExpired(KEPT, MOST_DELETED);
  }
}
