package dev.codingplans.plugin.catalog;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.plugin.database.PlanIdColumn;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface SalesStateRepository extends GenericRepository<SalesStateRow, String> {

  @Query("select state from coding_plans.plan_sales_state where plan_id = :plan")
  Optional<String> find(@PlanIdColumn PlanId plan);

  @Query("select plan_id, state from coding_plans.plan_sales_state")
  List<SalesStateRow> list();

  @Query(
      """
      insert into coding_plans.plan_sales_state (plan_id, state)
      values (:plan, :state)
      on conflict (plan_id) do update set state = excluded.state, changed_at = excluded.changed_at""")
  int set(@PlanIdColumn PlanId plan, String state);
}
