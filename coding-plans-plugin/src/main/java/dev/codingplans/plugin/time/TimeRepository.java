package dev.codingplans.plugin.time;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface TimeRepository extends GenericRepository<TestClockRow, Boolean> {

  @Query("select coding_plans.product_now()")
  Instant productNow();

  @Query("select advanced_seconds from coding_plans.test_clock")
  long advancedSeconds();

  @Query(
      """
      update coding_plans.test_clock
         set advanced_seconds = advanced_seconds + :seconds
       where advanced_seconds + :seconds <= :limit""")
  int advance(long seconds, long limit);
}
