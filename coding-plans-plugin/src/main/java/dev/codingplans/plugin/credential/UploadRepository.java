package dev.codingplans.plugin.credential;

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

  @Query(
      """
      insert into coding_plans.upload (id, provider_id, plan_id, mode, dry_run, state)
      values (:id, :provider, :plan, :mode, :dryRun, 'done')""")
  int add(
      UUID id,
      @ProviderIdColumn ProviderId provider,
      @PlanIdColumn PlanId plan,
      String mode,
      boolean dryRun);

  @Query(
      """
      insert into coding_plans.upload_line (upload_id, line, outcome)
      values (:upload, :line, :outcome)""")
  int addLine(UUID upload, int line, String outcome);

  @Query("select id, state from coding_plans.upload where id = :id")
  Optional<UploadRow> find(UUID id);

  @Query(
      "select line, outcome from coding_plans.upload_line where upload_id = :upload order by line")
  List<UploadLine> lines(UUID upload);
}
