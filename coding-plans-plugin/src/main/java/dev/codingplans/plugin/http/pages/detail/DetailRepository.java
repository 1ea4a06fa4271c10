package dev.codingplans.plugin.http.pages.detail;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.database.UserIdColumn;
import dev.codingplans.plugin.subscription.Subscription;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface DetailRepository extends GenericRepository<Subscription, UUID> {

  /**
   * Returns the user's subscription with terms that start before a microsecond since 1970, newest
   * first. All in one statement, and none of a transaction: a page waits for each way there and
   * back.
   */
  @Query(
      """
      select s.id, s.plan_id, s.provider_id, s.price_microdollars, s.period_days,
             case when lapsed.at is null then s.status else 'canceled' end as status,
             s.cancel_at_period_end, s.current_period_start, s.current_period_end, s.renewal_at,
             s.grace_ends_at, coalesce(s.canceled_at, lapsed.at) as canceled_at,
             case when lapsed.at is null then s.cancellation_reason else 'user_canceled' end as cancellation_reason,
             s.created_at,
             lapsed.at is null and coalesce(key.subscription_id = s.id, false) as key_installed,
             coalesce(key.source = 'own', false) as own_key,
             coalesce(key.source = 'own' and key.enabled, false) as own_key_serves,
             (select other.id
                from coding_plans.subscription other
               where other.user_id = s.user_id and other.provider_id = s.provider_id and other.id <> s.id
                 and other.status in ('active', 'past_due')
                 and coalesce(coding_plans.scheduled_end(other) > clock.now, true)) as successor_id,
             account.balance_microdollars,
             (select cast(coalesce(sum(other.price_microdollars), 0) as bigint)
                from coding_plans.subscription other
               where other.user_id = s.user_id and other.status in ('active', 'past_due')
                 and not other.cancel_at_period_end and other.renewal_at < s.renewal_at) as due_earlier_microdollars,
             account.auto_top_up, account.parked_at is not null as parked,
             coalesce(preference.pay_from_credits, false) as pays_from_credits,
             (select coalesce(sum(term.cost_microdollars), 0)
                from coding_plans.term where term.subscription_id = s.id) as paid_microdollars,
             (select cast(coalesce(json_agg(shown order by shown."periodStart" desc), '[]') as text)
                from (select id, kind, period_start as "periodStart", period_end as "periodEnd",
                             cost_microdollars as "costMicrodollars", created_at as "createdAt"
                        from coding_plans.term
                       where subscription_id = s.id
                         and (cast(:before as bigint) = 9223372036854775807
                              or period_start < timestamptz 'epoch' + cast(:before as bigint) * interval '1 microsecond')
                       order by period_start desc
                       limit :most) shown) as terms,
             clock.now as seen_at
        from coding_plans.subscription s
        join coding_plans.credit_account account on account.user_id = s.user_id
       cross join (select coding_plans.product_now() as now) clock
        left join lateral (select coding_plans.scheduled_end(s) as at where coding_plans.scheduled_end(s) <= clock.now) lapsed on true
        left join coding_plans.byok_key key on key.user_id = s.user_id and key.provider_id = s.provider_id
        left join coding_plans.user_preference preference on preference.user_id = s.user_id
       where s.id = :id and s.user_id = :user""")
  Optional<DetailRow> find(UUID id, @UserIdColumn UserId user, long before, int most);
}
