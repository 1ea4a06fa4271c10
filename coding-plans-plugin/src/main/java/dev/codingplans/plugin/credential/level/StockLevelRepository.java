package dev.codingplans.plugin.credential.level;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.plugin.credential.StoredCredential;
import dev.codingplans.plugin.database.PlanIdColumn;
import dev.codingplans.plugin.database.ProviderIdColumn;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface StockLevelRepository extends GenericRepository<StoredCredential, UUID> {

  /** Begins with nothing; whatever is there already stays. */
  @Query(
      """
      insert into coding_plans.stock_level (plan_id, level)
      values (:plan, 'sold_out')
          on conflict do nothing""")
  int begin(@PlanIdColumn PlanId plan);

  @Query("select level from coding_plans.stock_level where plan_id = :plan for update")
  Optional<String> lock(@PlanIdColumn PlanId plan);

  /** Counts what could be claimed, but not further than given. */
  @Query(
      """
      select count(*)
        from (select from coding_plans.credential
               where plan_id = :plan and provider_id = :provider
                 and status = 'available' and ciphertext is not null
               limit :most) available""")
  long count(@PlanIdColumn PlanId plan, @ProviderIdColumn ProviderId provider, int most);

  @Query(
      """
      update coding_plans.stock_level
         set level = :to, changed_at = :now
       where plan_id = :plan and level = :from""")
  int change(@PlanIdColumn PlanId plan, String from, String to, Instant now);
}
