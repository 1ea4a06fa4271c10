package dev.codingplans.plugin.credential.revocation;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface RevocationRepository extends GenericRepository<RevocationItem, UUID> {

  String SELECT =
      """
      select id, position, provider_id, plan_id,
             case when status in ('revocation_pending', 'revocation_failed') then upstream_plan_id end
               as upstream_plan_id,
             status, revocation_requested_at as requested_at, access_ended_at,
             revocation_attempts as attempts, revocation_error as last_error,
             cast(greatest(extract(epoch from coalesce(revoked_at, clock.now) - revocation_requested_at), 0) as bigint)
               as age_seconds
        from coding_plans.credential
       cross join (select coding_plans.product_now() as now) clock
      """;

  /** A cursor is the last row of the page before; it never goes, and its request never moves. */
  String PAGE =
      """
         and (revocation_requested_at, position)
             < (coalesce((select revocation_requested_at from coding_plans.credential where position = :before),
                         'infinity'),
                :before)
       order by revocation_requested_at desc, position desc
       limit :most""";

  @Query(SELECT + " where status in ('revocation_pending', 'revocation_failed') " + PAGE)
  List<RevocationItem> listOpenBefore(long before, int most);

  @Query(SELECT + " where status = :status " + PAGE)
  List<RevocationItem> listBefore(String status, long before, int most);

  @Query(
      SELECT
          + """
            where id = :id
              and status in ('revocation_pending', 'revocation_failed', 'revoked')""")
  Optional<RevocationItem> find(UUID id);

  @Query("select exists (select from coding_plans.credential where id = :id)")
  boolean isKnown(UUID id);

  @Query(
      """
      update coding_plans.credential
         set status = 'revoked', revoked_at = :now
       where id = :id and status in ('revocation_pending', 'revocation_failed')""")
  int complete(UUID id, Instant now);

  @Query(
      """
      update coding_plans.credential
         set status = 'revocation_failed', revocation_attempts = revocation_attempts + 1, revocation_error = :reason
       where id = :id and status = 'revocation_pending'""")
  int fail(UUID id, String reason);

  @Query(
      """
      update coding_plans.credential
         set status = 'revocation_pending', revocation_tries = 0, revocation_next_attempt_at = clock_timestamp()
       where id = :id and status = 'revocation_failed'""")
  int requeue(UUID id);
}
