package dev.codingplans.plugin.quota;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.database.PlanIdColumn;
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
interface AllowanceRepository extends GenericRepository<Allowance, UUID> {

  String SELECT =
      """
      select id, user_id, unit, plan_id, price_microdollars, units_total, units_used, period_start, period_end
        from coding_plans.allowance
      """;

  @Query(SELECT + " where id = :id and user_id = :user")
  Optional<Allowance> find(UUID id, @UserIdColumn UserId user);

  /** Returns the allowance that runs; one whose end has passed does not, swept or not. */
  @Query(SELECT + " where user_id = :user and unit = :unit and period_end > :now")
  Optional<Allowance> findRunning(@UserIdColumn UserId user, String unit, Instant now);

  @Query(
      SELECT
          + """
            where user_id in (:users) and period_end > coding_plans.product_now()
            order by user_id, unit""")
  List<Allowance> running(List<String> users);

  @Query(
      """
      insert into coding_plans.allowance
             (id, user_id, unit, plan_id, price_microdollars, units_total, period_start, period_end, ledger_entry_id)
      values (:id, :user, :unit, :plan, :price, :units, :start, :end, :ledgerEntry)""")
  int add(
      UUID id,
      @UserIdColumn UserId user,
      String unit,
      @PlanIdColumn PlanId plan,
      long price,
      int units,
      Instant start,
      Instant end,
      UUID ledgerEntry);

  /** Takes the next unit, if the allowance runs and that is the one. */
  @Query(
      """
      update coding_plans.allowance
         set units_used = units_used + 1
       where id = :id and units_used = :number - 1 and units_used < units_total and period_end > :now""")
  int take(UUID id, int number, Instant now);
}
