package dev.codingplans.plugin.http.pages.keys;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.database.UserIdColumn;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface HeldRepository extends GenericRepository<HeldRow, ProviderId> {

  /**
   * Returns what the user holds of each provider. A managed key goes when its plan's scheduled end
   * has passed, swept or not (X7).
   */
  @Query(
      """
      with live as (
        select s.id, s.provider_id, s.plan_id
          from coding_plans.subscription s
         where s.user_id = :user and s.status in ('active', 'past_due')
           and coalesce(coding_plans.scheduled_end(s) > coding_plans.product_now(), true)),
      key as (
        select k.*
          from coding_plans.byok_key k
         where k.user_id = :user and (k.source = 'own' or k.subscription_id in (select id from live)))
      select coalesce(key.provider_id, live.provider_id) as provider_id,
             key.source, key.enabled, key.last_four, key.created_at, key.updated_at,
             live.id as subscription_id, live.plan_id
        from key
        full join live on live.provider_id = key.provider_id
       order by 1""")
  List<HeldRow> heldBy(@UserIdColumn UserId user);
}
