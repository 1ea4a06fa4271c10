package dev.codingplans.plugin.http.pages.stock;

import dev.codingplans.plugin.credential.StoredCredential;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;
import java.util.UUID;

/** Reads what a page of the console shows, with one statement each; as JSON, for it is a tree. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface ConsoleRepository extends GenericRepository<StoredCredential, UUID> {

  String STOCK =
      """
      select cast(json_build_object(
        'counts', (
          select coalesce(json_agg(counted), '[]')
            from (select provider_id as "providerId", plan_id as "planId", status, count(*) as count
                    from coding_plans.credential
                   group by provider_id, plan_id, status
                   order by provider_id, plan_id, status) counted),
        'waiting', (
          select coalesce(json_object_agg(plan_id, count), '{}')
            from (select plan_id, count(*) as count
                    from coding_plans.availability_intent
                   group by plan_id) waiting),
        'salesStates', (
          select coalesce(json_object_agg(plan_id, state), '{}')
            from coding_plans.plan_sales_state),
        'revocations', (
          select coalesce(json_agg(item), '[]')
            from (""";

  String REVOCATIONS =
      """
      select id, position, provider_id as "providerId", plan_id as "planId",
             case when status in ('revocation_pending', 'revocation_failed') then upstream_plan_id end
               as "upstreamPlanId",
             status, revocation_requested_at as "requestedAt", access_ended_at as "accessEndedAt",
             revocation_attempts as attempts, revocation_error as "lastError",
             cast(greatest(extract(epoch from coalesce(revoked_at, clock.now) - revocation_requested_at), 0) as bigint)
               as "ageSeconds"
        from coding_plans.credential
       cross join (select coding_plans.product_now() as now) clock
      """;

  /** As of the API: the last row of the page before never goes, and its request never moves. */
  String BEFORE =
      """
         and (revocation_requested_at, position)
             < (coalesce((select revocation_requested_at from coding_plans.credential where position = :before),
                         'infinity'),
                :before)
       order by revocation_requested_at desc, position desc
       limit :most""";

  String END = ") item)) as text)";

  @Query(
      STOCK
          + REVOCATIONS
          + " where status in ('revocation_pending', 'revocation_failed') "
          + BEFORE
          + END)
  String findOpen(long before, int most);

  @Query(STOCK + REVOCATIONS + " where status = :status " + BEFORE + END)
  String find(String status, long before, int most);

  /** What there is to decide about one credential; never its key. */
  @Query(
      """
      select cast(json_build_object(
               'id', id, 'providerId', provider_id, 'planId', plan_id, 'status', status,
               'upstreamPlanId',
               case when status in ('revocation_pending', 'revocation_failed') then upstream_plan_id end) as text)
        from coding_plans.credential
       where id = :id""")
  Optional<String> findCredential(UUID id);

  @Query(
      """
      select cast(json_build_object(
               'id', id, 'providerId', provider_id, 'planId', plan_id, 'mode', mode, 'dryRun', dry_run,
               'state', state, 'stored', stored,
               'total', (select count(*) from coding_plans.upload_line where upload_id = upload.id),
               'lines', (select coalesce(json_agg(json_build_object('line', line, 'outcome', outcome) order by line), '[]')
                           from coding_plans.upload_line
                          where upload_id = upload.id and outcome is not null)) as text)
        from coding_plans.upload
       where id = :id""")
  Optional<String> findUpload(UUID id);
}
