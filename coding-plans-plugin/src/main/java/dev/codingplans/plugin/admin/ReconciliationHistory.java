package dev.codingplans.plugin.admin;

import dev.codingplans.plugin.database.Columns;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.List;

/** Keeps for a week what reconciliations found on all nodes: how many violations, and not whose. */
@Singleton
class ReconciliationHistory {

  private final JdbcOperations jdbc;

  ReconciliationHistory(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /** Adds findings, and forgets some that are old; what another node forgets is passed over. */
  @Transactional
  public void add(List<Finding> findings) {
    jdbc.prepareStatement(
        """
        with old as (
          select id from coding_plans.reconciliation_report
           where finished_at < clock_timestamp() - interval '7 days'
           limit 1000
             for update skip locked
        ), forgotten as (
          delete from coding_plans.reconciliation_report report using old where report.id = old.id
        )
        insert into coding_plans.reconciliation_report (checks)
        select jsonb_agg(jsonb_build_object('name', name, 'violations', violations) order by place)
          from unnest(?, ?) with ordinality as checked (name, violations, place)""",
        statement -> {
          Columns.of(findings)
              .text(finding -> finding.check().name())
              .bigint(Finding::total)
              .bind(statement);
          return statement.executeUpdate();
        });
  }
}
