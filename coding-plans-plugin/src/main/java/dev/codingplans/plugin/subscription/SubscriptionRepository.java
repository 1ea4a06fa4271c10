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

@JdbcRepository(dialect = Dialect.POSTGRES)
interface SubscriptionRepository extends GenericRepository<Subscription, UUID> {

  String SELECT =
      """
      select s.id, s.position, s.provider_id, s.plan_id, s.price_microdollars, s.period_days, s.status,
             s.cancel_at_period_end, s.current_period_start, s.current_period_end, s.renewal_at,
             s.grace_ends_at, s.canceled_at, s.cancellation_reason, s.created_at,
             exists (select from coding_plans.byok_key k where k.subscription_id = s.id) as byok_key_installed
        from coding_plans.subscription s
      """;

  @Query(SELECT + " where s.id = :id and s.user_id = :user")
  Optional<Subscription> find(UUID id, @UserIdColumn UserId user);

  @Query(
      SELECT
          + """
            where s.user_id = :user and s.position < :before
              and (:includeEnded or s.status in ('active', 'past_due'))
            order by s.position desc
            limit :most""")
  List<Subscription> listBefore(
      @UserIdColumn UserId user, boolean includeEnded, long before, int most);

  @Query(
      """
      select exists (select from coding_plans.subscription
                      where user_id = :user and provider_id = :provider
                        and status in ('active', 'past_due'))""")
  boolean isLive(@UserIdColumn UserId user, @ProviderIdColumn ProviderId provider);

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
      values (:id, :subscription, :kind, :start, :end, :cost, :ledgerEntry, :start)""")
  int addTerm(
      UUID id,
      UUID subscription,
      String kind,
      Instant start,
      Instant end,
      long cost,
      UUID ledgerEntry);

  @Query("select plan_id from coding_plans.availability_intent where user_id = :user")
  List<String> intentsOf(@UserIdColumn UserId user);

  @Query("delete from coding_plans.availability_intent where user_id = :user and plan_id = :plan")
  int clearIntent(@UserIdColumn UserId user, @PlanIdColumn PlanId plan);
}
