package dev.codingplans.plugin.event;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface OutboxRepository extends GenericRepository<OutboxRow, Long> {

  @Query(
      """
      insert into coding_plans.event (user_id, type, payload, occurred_at)
      values (:userId, :type, cast(:payload as jsonb), :at)""")
  int append(@Nullable String userId, String type, String payload, Instant at);
}
