package dev.codingplans.plugin.credit;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.database.UserIdColumn;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

@JdbcRepository(dialect = Dialect.POSTGRES)
abstract class AccountRepository implements GenericRepository<Account, String> {

  private final JdbcOperations jdbc;

  AccountRepository(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Limits each statement of the transaction. A limit of each lock would not do: a statement may
   * wait for one after the other.
   */
  @Query(value = "set local statement_timeout = '2s'", readOnly = false)
  abstract void limitWaits();

  /** Locks the account until the transaction ends and returns its balance. */
  OptionalLong lock(UserId user) {
    return jdbc.prepareStatement(
        """
        select balance_microdollars
          from coding_plans.credit_account
         where user_id = ?
           for no key update""",
        statement -> {
          statement.setString(1, user.value());
          var row = statement.executeQuery();
          return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
        });
  }

  @Query("insert into coding_plans.credit_account (user_id) values (:user) on conflict do nothing")
  abstract int open(@UserIdColumn UserId user);

  @Query(
      """
      select user_id, balance_microdollars, uncollected_microdollars, first_paid_at, auto_top_up
        from coding_plans.credit_account
       where user_id = :user""")
  abstract Optional<Account> find(@UserIdColumn UserId user);

  /**
   * Moves the balance, but never below what nodes have leased of it, and never down while the
   * account is parked.
   */
  @Query(
      """
      update coding_plans.credit_account
         set balance_microdollars = balance_microdollars + :amount
       where user_id = :user
         and (:amount >= 0
              or parked_at is null and balance_microdollars + :amount >= coding_plans.leased(user_id))""")
  abstract int move(@UserIdColumn UserId user, long amount);

  @Query(
      """
      update coding_plans.credit_account
         set parked_at = :at
       where user_id = :user and parked_at is null""")
  abstract int park(@UserIdColumn UserId user, Instant at);

  @Query(
      """
      select exists (select from coding_plans.credit_account
                      where user_id = :user and parked_at is not null)""")
  abstract boolean isParked(@UserIdColumn UserId user);

  /** Tells whether the balance would do if nothing of it were leased. */
  @Query(
      """
      select exists (select from coding_plans.credit_account
                      where user_id = :user and balance_microdollars >= :cost)""")
  abstract boolean covers(@UserIdColumn UserId user, long cost);

  /** Tells whether a charge of so much would find it now. */
  @Query(
      """
      select exists (select from coding_plans.credit_account
                      where user_id = :user and parked_at is null
                        and (:amount = 0 or balance_microdollars - :amount >= coding_plans.leased(user_id)))""")
  abstract boolean isFree(@UserIdColumn UserId user, long amount);

  @Query(
      """
      select user_id, parked_at
        from coding_plans.credit_account
       where parked_at is not null
       order by parked_at desc, user_id
       limit :most""")
  abstract List<ParkedAccount> parked(int most);

  @Query("update coding_plans.credit_account set auto_top_up = :enabled where user_id = :user")
  abstract int setAutoTopUp(@UserIdColumn UserId user, boolean enabled);

  /** The entries and subscriptions of the account follow by their foreign keys. */
  @Query("update coding_plans.credit_account set user_id = :to where user_id = :user")
  abstract int rename(@UserIdColumn UserId user, @UserIdColumn UserId to);

  @Query("select count(*) from coding_plans.credit_account where parked_at is not null")
  abstract long parkedCount();

  /** Sets the start of the user's tenure, once. */
  @Query(
      """
      update coding_plans.credit_account
         set first_paid_at = :at
       where user_id = :user and first_paid_at is null""")
  abstract int startTenure(@UserIdColumn UserId user, Instant at);
}
