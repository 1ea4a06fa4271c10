package dev.codingplans.plugin.credit;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.database.Columns;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Locks and charges many accounts at once, a statement each however many there are. */
@Singleton
public class ManyAccounts {

  private final JdbcOperations jdbc;

  ManyAccounts(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Locks the accounts until the transaction ends, in the order of their ids, so that no two that
   * do so wait for each other. From here on no statement of the transaction takes longer than three
   * seconds.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<LockedAccount> lock(List<UserId> users, HeldAccounts held) {
    limitWaits();
    var locked = lockAll(users, held);
    // A statement of its own: the one that waited for the locks does not see what came meanwhile.
    var leased = leased(locked.stream().map(LockedAccount::user).toList());
    return locked.stream()
        .map(account -> account.leased(leased.getOrDefault(account.user(), 0L)))
        .toList();
  }

  private List<LockedAccount> lockAll(List<UserId> users, HeldAccounts held) {
    return jdbc.prepareStatement(
        """
        select user_id, balance_microdollars, parked_at is not null as parked, auto_top_up
          from coding_plans.credit_account
         where user_id = any (?)
         order by user_id
           for no key update\
        """
            + switch (held) {
              case SKIP -> " skip locked";
              case AWAIT -> "";
            },
        statement -> {
          Columns.of(users).text(UserId::value).bind(statement);
          var result = statement.executeQuery();
          var locked = new ArrayList<LockedAccount>();
          while (result.next()) {
            locked.add(
                new LockedAccount(
                    new UserId(result.getString(1)),
                    result.getLong(2),
                    result.getBoolean(3),
                    result.getBoolean(4),
                    0));
          }
          return locked;
        });
  }

  private Map<UserId, Long> leased(List<UserId> users) {
    return jdbc.prepareStatement(
        """
        select user_id, sum(granted_microdollars - charged_microdollars)
          from coding_plans.credit_lease
         where user_id = any (?) and expires_at > clock_timestamp()
           and granted_microdollars > charged_microdollars
         group by user_id""",
        statement -> {
          Columns.of(users).text(UserId::value).bind(statement);
          var result = statement.executeQuery();
          var leased = new HashMap<UserId, Long>();
          while (result.next()) {
            leased.put(new UserId(result.getString(1)), result.getLong(2));
          }
          return leased;
        });
  }

  /**
   * Makes the charges, in this order, with an entry each. The accounts are locked, and the balances
   * are those that the locks found; if one is not, nothing is charged at all.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void charge(List<Charge> charges, Instant at) {
    if (charges.isEmpty()) {
      return;
    }
    var moves = moves(charges);
    if (move(moves) != moves.size()) {
      throw new IllegalStateException("a balance changed although its account is locked");
    }
    append(charges, at);
  }

  private void limitWaits() {
    jdbc.prepareStatement(
        "set local statement_timeout = '3s'",
        statement -> {
          statement.execute();
          return true;
        });
  }

  /** Sums up what happens to each account. */
  private static List<Move> moves(List<Charge> charges) {
    var moves = new LinkedHashMap<UserId, Move>();
    for (var charge : charges) {
      moves.merge(
          charge.user(),
          new Move(charge.user(), charge.balanceBefore(), charge.balanceAfter()),
          Move::then);
    }
    return List.copyOf(moves.values());
  }

  private int move(List<Move> moves) {
    return jdbc.prepareStatement(
        """
        update coding_plans.credit_account
           set balance_microdollars = moves.after
          from unnest(?, ?, ?) as moves (user_id, before, after)
         where credit_account.user_id = moves.user_id
           and credit_account.balance_microdollars = moves.before and moves.after >= 0
           and credit_account.parked_at is null""",
        statement -> {
          Columns.of(moves)
              .text(move -> move.user().value())
              .bigint(Move::before)
              .bigint(Move::after)
              .bind(statement);
          return statement.executeUpdate();
        });
  }

  private void append(List<Charge> charges, Instant at) {
    jdbc.prepareStatement(
        """
        insert into coding_plans.ledger_entry
               (id, user_id, kind, amount_microdollars, balance_after_microdollars, description, idempotency_key, created_at)
        select id, user_id, kind, - cost, balance_after, description, idempotency_key, ?
          from unnest(?, ?, ?, ?, ?, ?, ?) with ordinality
            as charges (id, user_id, kind, cost, balance_after, description, idempotency_key, number)
         order by number""",
        statement -> {
          statement.setTimestamp(1, Timestamp.from(at));
          Columns.of(charges)
              .uuid(Charge::entry)
              .text(charge -> charge.user().value())
              .text(charge -> charge.kind().code())
              .bigint(Charge::cost)
              .bigint(Charge::balanceAfter)
              .text(Charge::description)
              .text(Charge::idempotencyKey)
              .bind(statement, 2);
          return statement.executeUpdate();
        });
  }

  /** From one balance to another. */
  private record Move(UserId user, long before, long after) {

    Move then(Move next) {
      if (next.before != after) {
        throw new IllegalArgumentException("charges of one account follow each other");
      }
      return new Move(user, before, next.after);
    }
  }
}
