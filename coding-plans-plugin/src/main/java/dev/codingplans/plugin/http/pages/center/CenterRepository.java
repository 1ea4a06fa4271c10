package dev.codingplans.plugin.http.pages.center;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.catalog.Plan;
import dev.codingplans.plugin.http.pages.quota.RunningAllowance;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Function;

/** Reads all that the subscription center shows of a user, in one round trip. */
@Singleton
class CenterRepository {

  /** How many subscriptions that have ended are on a page. */
  static final int ENDED_SHOWN = 25;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .build();

  /** A subscription whose scheduled end has passed reads as ended, swept or not (X7). */
  private static final String SELECT =
      """
      with viewer as materialized (
        select cast(? as text) as user_id, coding_plans.product_now() as now),
      held as (
        select s.id, s.position, s.plan_id, s.provider_id, s.status, s.cancel_at_period_end,
               s.price_microdollars, s.period_days, s.current_period_end, s.renewal_at, s.grace_ends_at, s.created_at,
               coalesce(s.canceled_at, lapsed.at) as canceled_at,
               coalesce(s.cancellation_reason, 'user_canceled') as cancellation_reason
          from viewer
          join coding_plans.subscription s on s.user_id = viewer.user_id
          left join lateral (select coding_plans.scheduled_end(s) as at
                              where coding_plans.scheduled_end(s) <= viewer.now) lapsed on true)
      select to_json(page)
        from (select viewer.now,
                     coalesce(account.balance_microdollars, 0) as balance_microdollars,
                     coalesce(account.uncollected_microdollars, 0) as uncollected_microdollars,
                     (select cast(coalesce(sum(owed_microdollars), 0) as bigint)
                        from coding_plans.payment where account_id = viewer.user_id) as owed_microdollars,
                     account.first_paid_at,
                     coalesce(account.auto_top_up, false) as auto_top_up,
                     account.parked_at is not null as parked,
                     (select coalesce(json_object_agg(plan_id, state), '{}')
                        from coding_plans.plan_sales_state) as sales_states,
                     (select coalesce(json_agg(plan.id), '[]')
                        from unnest(?, ?) as plan (id, provider)
                       where (select true from coding_plans.credential c
                               where (c.plan_id, c.provider_id) >= (plan.id, plan.provider)
                                 and (c.plan_id, c.provider_id) <= (plan.id, plan.provider)
                                 and c.status = 'available' and c.ciphertext is not null
                               order by c.plan_id, c.provider_id, c.position
                               limit 1)) as plans_in_stock,
                     (select coalesce(json_agg(plan_id), '[]')
                        from coding_plans.availability_intent where user_id = viewer.user_id) as awaited_plans,
                     (select coalesce(json_agg(provider_id), '[]')
                        from coding_plans.byok_key
                       where user_id = viewer.user_id and source = 'own') as key_providers,
                     (select coalesce(json_agg(live), '[]')
                        from (select id, plan_id, provider_id, status, cancel_at_period_end, price_microdollars,
                                     period_days, current_period_end, renewal_at, grace_ends_at
                                from held where canceled_at is null
                               order by position desc) live) as live,
                     (select coalesce(json_agg(ended), '[]')
                        from (select id, position, plan_id, provider_id, price_microdollars, period_days,
                                     created_at, canceled_at, cancellation_reason
                                from held where canceled_at is not null and ? and position < ?
                               order by position desc
                               limit ?) ended) as ended,
                     exists (select from held where canceled_at is not null) as has_ended,
                     (select coalesce(json_agg(allowance), '[]')
                        from (%s) allowance) as allowances
                from viewer
                left join coding_plans.credit_account account using (user_id)) page"""
          .formatted(RunningAllowance.SELECT);

  private final JdbcOperations jdbc;
  private final List<Plan.Credential> plans;

  CenterRepository(JdbcOperations jdbc, Catalog catalog) {
    this.jdbc = jdbc;
    this.plans = catalog.credentialPlans().toList();
  }

  /**
   * Reads what the user sees.
   *
   * @param before the position before which ended subscriptions are listed, newest first
   */
  @Connectable
  CenterRows read(UserId user, boolean includeEnded, long before) {
    return jdbc.prepareStatement(
        SELECT,
        statement -> {
          var connection = statement.getConnection();
          statement.setString(1, user.value());
          statement.setArray(2, connection.createArrayOf("text", each(plan -> plan.id().value())));
          statement.setArray(
              3, connection.createArrayOf("text", each(plan -> plan.providerId().value())));
          statement.setBoolean(4, includeEnded);
          statement.setLong(5, before);
          statement.setInt(6, ENDED_SHOWN + 1);
          var row = statement.executeQuery();
          row.next();
          return parse(row.getString(1));
        });
  }

  private Object[] each(Function<Plan.Credential, String> value) {
    return plans.stream().map(value).toArray();
  }

  private static CenterRows parse(String json) {
    try {
      return JSON.readValue(json, CenterRows.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the statement does not give what it is to be read as", e);
    }
  }
}
