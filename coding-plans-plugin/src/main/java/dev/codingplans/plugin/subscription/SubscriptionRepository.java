package dev.codingplans.plugin.subscription;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.database.PlanIdColumn;
import dev.codingplans.plugin.database.ProviderIdColumn;
import dev.codingplans.plugin.database.UserIdColumn;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface SubscriptionRepository extends GenericRepository<Subscription, UUID> {

  /** A subscription whose scheduled end has passed reads as ended, swept or not (X7). */
  String SELECT =
      """
      select s.id, s.user_id, s.position, s.provider_id, s.plan_id, s.price_microdollars, s.period_days,
             case when lapsed.at is null then s.status else 'canceled' end as status,
             s.cancel_at_period_end, s.current_period_start, s.current_period_end, s.renewal_at,
             s.grace_ends_at, coalesce(s.canceled_at, lapsed.at) as canceled_at,
             case when lapsed.at is null then s.cancellation_reason else 'user_canceled' end as cancellation_reason,
             s.created_at,
             lapsed.at is null and exists (select from coding_plans.byok_key k where k.subscription_id = s.id)
               as byok_key_installed
        from coding_plans.subscription s
       cross join (select coding_plans.product_now() as now) clock
        left join lateral (select coding_plans.scheduled_end(s) as at where coding_plans.scheduled_end(s) <= clock.now) lapsed on true
      """;

  @Query(SELECT + " where s.id = :id and s.user_id = :user")
  Optional<Subscription> find(UUID id, @UserIdColumn UserId user);

  @Query(SELECT + " where s.id = :id")
  Optional<Subscription> find(UUID id);

  @Query("select credential_id from coding_plans.subscription where id = :id")
  UUID credentialOf(UUID id);

  @Query(
      SELECT
          + """
            where s.user_id = :user and s.position < :before
              and (:includeEnded or (s.status in ('active', 'past_due') and lapsed.at is null))
            order by s.position desc
            limit :most""")
  List<Subscription> listBefore(
      @UserIdColumn UserId user, boolean includeEnded, long before, int most);

  @Query(
      SELECT
          + """
            where s.position < :before
              and (cast(:user as text) is null or s.user_id = cast(:user as text))
              and (cast(:status as text) is null
                   or cast(:status as text) = case when lapsed.at is null then s.status else 'canceled' end)
            order by s.position desc
            limit :most""")
  List<Subscription> listAllBefore(
      @Nullable String user, @Nullable String status, long before, int most);

  @Query(
      """
      select exists (select from coding_plans.subscription s
                      where s.user_id = :user and s.provider_id = :provider
                        and s.status in ('active', 'past_due')
                        and coalesce(coding_plans.scheduled_end(s) > coding_plans.product_now(), true))""")
  boolean isLive(@UserIdColumn UserId user, @ProviderIdColumn ProviderId provider);

  @Query(
      """
      select s.id, coding_plans.scheduled_end(s) as ended_at
        from coding_plans.subscription s
       where s.user_id = :user and s.status in ('active', 'past_due')
         and coding_plans.scheduled_end(s) <= coding_plans.product_now()""")
  List<LapsedSubscription> lapsed(@UserIdColumn UserId user);

  @Query(
      """
      select id from coding_plans.subscription
       where user_id = :user and status in ('active', 'past_due')""")
  List<UUID> live(@UserIdColumn UserId user);

  /** Takes the subscription off the next renewal; it ends instead. */
  @Query(
      """
      update coding_plans.subscription
         set cancel_at_period_end = true
       where id = :id and status in ('active', 'past_due') and not cancel_at_period_end""")
  int scheduleEnd(UUID id);

  @Query(
      """
      update coding_plans.subscription
         set cancel_at_period_end = false
       where id = :id and status in ('active', 'past_due') and cancel_at_period_end""")
  int takeEndBack(UUID id);

  /** Moves the end of what is paid for, and with it the next charge; nothing is past due then. */
  @Query(
      """
      update coding_plans.subscription
         set status = 'active', current_period_end = :end, renewal_at = :end, grace_ends_at = null
       where id = :id and status in ('active', 'past_due') and current_period_end < :end""")
  int extend(UUID id, Instant end);

  @Query(
      """
      insert into coding_plans.subscription
             (id, user_id, provider_id, plan_id, price_microdollars, period_days, status,
              current_period_start, current_period_end, renewal_at, credential_id, created_at)
      values (:id, :user, :provider, :plan, :price, :periodDays, 'active',
              :start, :end, :end, :credential, :start)""")
  int add(
      UUID id,
      @UserIdColumn UserId user,
      @ProviderIdColumn ProviderId provider,
      @PlanIdColumn PlanId plan,
      long price,
      int periodDays,
      Instant start,
      Instant end,
      UUID credential);

  @Query(
      """
      insert into coding_plans.term
             (id, subscription_id, kind, period_start, period_end, cost_microdollars, ledger_entry_id, created_at)
      values (:id, :subscription, :kind, :start, :end, :cost, :ledgerEntry, :at)""")
  int addTerm(
      UUID id,
      UUID subscription,
      String kind,
      Instant start,
      Instant end,
      long cost,
      UUID ledgerEntry,
      Instant at);

  /** Returns terms that start before a microsecond since 1970, newest first. */
  @Query(
      """
      select id, kind, period_start, period_end, cost_microdollars, created_at
        from coding_plans.term
       where subscription_id = :subscription
         and (cast(:before as bigint) = 9223372036854775807
              or period_start < timestamptz 'epoch' + cast(:before as bigint) * interval '1 microsecond')
       order by period_start desc
       limit :most""")
  List<PaidTerm> termsBefore(UUID subscription, long before, int most);
}
