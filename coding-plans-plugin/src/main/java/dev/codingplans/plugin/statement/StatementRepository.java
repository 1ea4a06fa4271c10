package dev.codingplans.plugin.statement;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.credit.LedgerEntry;
import dev.codingplans.plugin.database.UserIdColumn;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface StatementRepository extends GenericRepository<LedgerEntry, UUID> {

  /**
   * What is listed in the order of positions lies in time between two of them, which are looked up
   * first. A clock that was set back by less than an hour puts nothing outside.
   */
  String ENTRIES =
      """
      with entry as (
      select id, position, kind, amount_microdollars, balance_after_microdollars, description, created_at,
             idempotency_key
        from coding_plans.ledger_entry
       where user_id = :user and position < :before
         and position > coalesce((select position
                                    from coding_plans.ledger_entry
                                   where user_id = :user
                                     and created_at < cast(:from as timestamptz) - interval '1 hour'
                                   order by created_at desc
                                   limit 1), 0)
         and position < coalesce((select position
                                    from coding_plans.ledger_entry
                                   where user_id = :user
                                     and created_at >= cast(:to as timestamptz) + interval '1 hour'
                                   order by created_at
                                   limit 1), 9223372036854775807)
         and (cast(:from as timestamptz) is null or created_at >= cast(:from as timestamptz))
         and (cast(:to as timestamptz) is null or created_at < cast(:to as timestamptz))
      """;

  /** What caused the entries is looked up when it is known which they are. */
  String CAUSES =
      """
       order by position desc
       limit :most)
      select entry.id, entry.position, entry.kind, entry.amount_microdollars, entry.balance_after_microdollars,
             entry.description, entry.created_at,
             term.subscription_id, allowance.id as allowance_id,
             coalesce(payment.payment_id, payment.id) as payment_id,
             substring(entry.idempotency_key from '^top-up:(.*)$') as top_up_id,
             substring(entry.idempotency_key from '^usage:(.*)$') as usage_event_id
        from entry
        left join coding_plans.term on term.ledger_entry_id = entry.id
        left join coding_plans.allowance on allowance.ledger_entry_id = entry.id
        left join coding_plans.payment on payment.ledger_entry_id = entry.id
       order by entry.position desc""";

  /** Returns entries older than the position, newest first. */
  @Query(ENTRIES + CAUSES)
  List<StatementEntry> listBefore(
      @UserIdColumn UserId user,
      long before,
      @Nullable Instant from,
      @Nullable Instant to,
      int most);

  /** Returns entries of the kind; a condition of its own, so that its index is used. */
  @Query(ENTRIES + " and kind = :kind" + CAUSES)
  List<StatementEntry> listOfKindBefore(
      @UserIdColumn UserId user,
      String kind,
      long before,
      @Nullable Instant from,
      @Nullable Instant to,
      int most);
}
