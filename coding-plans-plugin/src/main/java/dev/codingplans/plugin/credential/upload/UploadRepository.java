package dev.codingplans.plugin.credential.upload;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.plugin.database.PlanIdColumn;
import dev.codingplans.plugin.database.ProviderIdColumn;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface UploadRepository extends GenericRepository<UploadRow, UUID> {

  @Query("select count(*) from coding_plans.upload where state = 'running'")
  long countRunning();

  @Query(
      """
      insert into coding_plans.upload (id, provider_id, plan_id, mode, dry_run, state)
      values (:id, :provider, :plan, :mode, :dryRun, 'running')""")
  int add(
      UUID id,
      @ProviderIdColumn ProviderId provider,
      @PlanIdColumn PlanId plan,
      String mode,
      boolean dryRun);

  @Query(
      """
      select id, state, stored,
             (select count(*) from coding_plans.upload_line where upload_id = upload.id) as total
        from coding_plans.upload
       where id = :id""")
  Optional<UploadRow> find(UUID id);

  /** Lists the lines that are done with. */
  @Query(
      """
      select line, outcome from coding_plans.upload_line
       where upload_id = :upload and outcome is not null
       order by line""")
  List<UploadLine> finishedLines(UUID upload);
}
