package dev.codingplans.plugin.quota;

import dev.codingplans.gateway.spi.identity.UserId;
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
interface AllocationRepository extends GenericRepository<Allocation, UUID> {

  String SELECT =
      """
      select id, position, allowance_id, user_id, unit, plan_id, label, cost_microdollars,
             created_at, expires_at, released_at
        from coding_plans.allocation
      """;

  @Query(SELECT + " where id = :id and user_id = :user")
  Optional<Allocation> find(UUID id, @UserIdColumn UserId user);

  /** Returns what the user holds now, newest first. */
  @Query(
      SELECT
          + """
            where user_id = :user and unit = :unit and position < :before
              and released_at is null and expires_at > coding_plans.product_now()
            order by position desc
            limit :most""")
  List<Allocation> heldBefore(@UserIdColumn UserId user, String unit, long before, int most);

  /** Returns everything that was ever taken, newest first. */
  @Query(SELECT + " where position < :before order by position desc limit :most")
  List<Allocation> allBefore(long before, int most);

  @Query(
      SELECT
          + """
            where user_id = :user and position < :before
            order by position desc
            limit :most""")
  List<Allocation> allBefore(@UserIdColumn UserId user, long before, int most);

  /** Records a unit of the allowance that has just been taken. */
  @Query(
      """
      insert into coding_plans.allocation
             (id, allowance_id, number, user_id, unit, plan_id, label, cost_microdollars, created_at, expires_at)
      select :id, id, :number, user_id, unit, plan_id, :label, :cost, :now, period_end
        from coding_plans.allowance
       where id = :allowance""")
  int add(UUID id, UUID allowance, int number, @Nullable String label, long cost, Instant now);

  /** Ends it early; the unit stays used. */
  @Query(
      """
      update coding_plans.allocation
         set released_at = :now
       where id = :id and released_at is null and expires_at > :now""")
  int release(UUID id, Instant now);

  /** Ends what the user holds, and forgets what it was called. */
  @Query(
      """
      update coding_plans.allocation
         set label = null,
             released_at = case when released_at is null and expires_at > :now then :now else released_at end
       where user_id = :user""")
  int forget(@UserIdColumn UserId user, Instant now);
}
