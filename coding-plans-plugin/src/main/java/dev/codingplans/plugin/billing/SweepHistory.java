package dev.codingplans.plugin.billing;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;

/**
 * Keeps what the sweeps of all nodes did: for a week, or for an hour if there was nothing to do.
 */
@Singleton
class SweepHistory {

  private final JdbcOperations jdbc;

  SweepHistory(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /** Adds a report, and forgets some that are old; what another node forgets is passed over. */
  @Transactional
  public void add(SweepReport report) {
    jdbc.prepareStatement(
        """
        with old as (
          select id from coding_plans.sweep_report
           where (idle and finished_at < clock_timestamp() - interval '1 hour')
              or (not idle and finished_at < clock_timestamp() - interval '7 days')
           limit 1000
             for update skip locked
        ), forgotten as (
          delete from coding_plans.sweep_report report using old where report.id = old.id
        )
        insert into coding_plans.sweep_report
               (duration_ms, renewed, past_due_started, recovered, ended_insufficient_credits,
                ended_at_period_end, top_ups_requested, waiting, errors)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        statement -> {
          statement.setLong(1, report.durationMs());
          statement.setLong(2, report.renewed());
          statement.setLong(3, report.pastDueStarted());
          statement.setLong(4, report.recovered());
          statement.setLong(5, report.endedInsufficientCredits());
          statement.setLong(6, report.endedAtPeriodEnd());
          statement.setLong(7, report.topUpsRequested());
          statement.setLong(8, report.waiting());
          statement.setLong(9, report.errors());
          return statement.executeUpdate();
        });
  }
}
