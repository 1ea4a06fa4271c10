package dev.codingplans.plugin.credential.level;

import dev.codingplans.plugin.catalog.Plan;
import dev.codingplans.plugin.database.Columns;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** Looks at the stock of plans without a lock, beside the connections of those who buy. */
@Singleton
class StockCounter {

  private static final String DATA_SOURCE = "maintenance";

  private final JdbcOperations jdbc;

  StockCounter(@Named(DATA_SOURCE) JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /** Counts what is available of each plan, in their order, but not further than given. */
  @Transactional(value = DATA_SOURCE, readOnly = true)
  public List<Seen> count(List<Plan.Credential> plans, ToLongFunction<Plan.Credential> most) {
    return jdbc.prepareStatement(
        """
        select available.count, coalesce(stock_level.level, 'sold_out') as level
          from unnest(?, ?, ?) with ordinality as plan (id, provider_id, most, number)
          left join coding_plans.stock_level on stock_level.plan_id = plan.id
         cross join lateral (
               select count(*)
                 from (select from coding_plans.credential
                        where credential.plan_id = plan.id
                          and credential.provider_id = plan.provider_id
                          and credential.status = 'available'
                        limit plan.most) counted) available
         order by plan.number""",
        statement -> {
          Columns.of(plans)
              .text(plan -> plan.id().value())
              .text(plan -> plan.providerId().value())
              .bigint(most)
              .bind(statement);
          return read(plans, statement.executeQuery());
        });
  }

  private static List<Seen> read(List<Plan.Credential> plans, ResultSet rows) throws SQLException {
    var seen = new ArrayList<Seen>();
    for (Plan.Credential plan : plans) {
      rows.next();
      seen.add(new Seen(plan, rows.getLong("count"), Level.parse(rows.getString("level"))));
    }
    return seen;
  }

  /**
   * What there is of a plan.
   *
   * @param told the level that was told last
   */
  record Seen(Plan.Credential plan, long available, Level told) {

    boolean isNews() {
      return told != Level.of(available, plan.lowStock());
    }
  }
}
