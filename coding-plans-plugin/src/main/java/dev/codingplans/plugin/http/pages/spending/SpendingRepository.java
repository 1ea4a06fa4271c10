package dev.codingplans.plugin.http.pages.spending;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.credit.LedgerEntry;
import dev.codingplans.plugin.database.UserIdColumn;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface SpendingRepository extends GenericRepository<LedgerEntry, UUID> {

  /** Returns the usage of so many days of the zone, the last of which is today. */
  @Query(
      """
      with clock as materialized (
        select instant.now, cast(instant.now at time zone cast(:zone as text) as date) as today
          from (select coding_plans.product_now() as now) instant)
      select coalesce(account.balance_microdollars, 0) as balance_microdollars,
             coalesce(account.uncollected_microdollars, 0) as uncollected_microdollars,
             account.first_paid_at,
             coalesce(preference.pay_from_credits, false) as pays_from_credits,
             cast(clock.today as text) as today,
             (select cast(coalesce(json_agg(sums order by sums.day desc, sums.category), '[]') as text)
                from (select cast(usage.occurred_at at time zone cast(:zone as text) as date) as day,
                             usage.category,
                             count(*) as records,
                             sum(usage.list_cost_microdollars) as "listCostMicrodollars",
                             sum(usage.charge_microdollars) as "chargeMicrodollars",
                             sum(usage.uncollected_microdollars) as "uncollectedMicrodollars"
                        from coding_plans.usage_record usage
                       where usage.user_id = :user
                         and usage.occurred_at >= cast(clock.today - cast(:days as int) + 1 as timestamp) at time zone cast(:zone as text)
                         and usage.occurred_at < cast(clock.today + 1 as timestamp) at time zone cast(:zone as text)
                       group by 1, 2) sums) as days,
             clock.now as seen_at
        from clock
        left join coding_plans.credit_account account on account.user_id = :user
        left join coding_plans.user_preference preference on preference.user_id = :user""")
  SpendingRow find(@UserIdColumn UserId user, String zone, int days);

  /** Returns the time zones that the database knows. */
  @Query("select name from pg_timezone_names")
  List<String> zones();
}
