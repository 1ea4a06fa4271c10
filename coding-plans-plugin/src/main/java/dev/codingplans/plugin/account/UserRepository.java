package dev.codingplans.plugin.account;

import dev.codingplans.plugin.credit.DeletedName;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/** Looks for users by a part of their ids, in the order of the folded ids, then of the ids. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface UserRepository extends GenericRepository<FoundUser, String> {

  /**
   * Reads nothing but the index until it is known who is shown. It starts where the row comparison
   * says, whatever else is asked for. Names that stand for nobody are nobody.
   */
  String FOUND =
      """
      with found as (
      select user_id
        from coding_plans.credit_account
       where (lower(user_id) collate "C", user_id collate "C")
             > (lower(cast(:folded as text)) collate "C", cast(:after as text) collate "C")
         and user_id !~"""
          + DeletedName.PATTERN
          + "\n";

  /** Each is looked up by itself: a plan for any limit would read all accounts for a join. */
  String SHOWN =
      """
       order by lower(user_id) collate "C", user_id collate "C"
       limit :most)
      select account.user_id, account.balance_microdollars, account.first_paid_at, account.last_active_at, clock.now,
             (select count(*) from coding_plans.subscription s
               where s.user_id = account.user_id and s.status in ('active', 'past_due')
                 and coalesce(coding_plans.scheduled_end(s) > clock.now, true)) as live_subscriptions
        from found
       cross join lateral (select user_id, balance_microdollars, first_paid_at, last_active_at
                             from coding_plans.credit_account whole
                            where whole.user_id = found.user_id
                           offset 0) account
       cross join (select coding_plans.product_now() as now) clock
       order by lower(account.user_id) collate "C", account.user_id collate "C"
      """;

  /**
   * A range of the index.
   *
   * @param folded what the row before starts with: {@code start} itself, or the whole id
   * @param after the id of the row before, if there is one
   * @param last a character that comes after all others
   */
  @Query(
      FOUND
          + """
             and lower(user_id) collate "C" < (lower(cast(:start as text)) || cast(:last as text)) collate "C"
          """
          + SHOWN)
  List<FoundUser> startingWith(String folded, String after, String start, String last, int most);

  /** Looks at all users, if need be. */
  @Query(
      FOUND
          + """
             and strpos(lower(user_id), lower(cast(:part as text))) > 1
          """
          + SHOWN)
  List<FoundUser> containing(String folded, String after, String part, int most);

  /** Limits each statement of the transaction. */
  @Query(value = "set local statement_timeout = '2s'", readOnly = false)
  void limitStatements();
}
