package dev.codingplans.plugin.audit;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;

/** The months of the log: made ahead, and dropped when they are old. */
@Singleton
class AuditPartitions {

  private final JdbcOperations jdbc;
  private final AuditSettings settings;

  AuditPartitions(JdbcOperations jdbc, AuditSettings settings) {
    this.jdbc = jdbc;
    this.settings = settings;
  }

  /** Does what is to be done; not behind a writer that takes its time. */
  @Transactional
  public void keep() {
    jdbc.prepareStatement(
        "select set_config('lock_timeout', '2s', true)", s -> s.executeQuery().next());
    jdbc.prepareStatement(
        "select coding_plans.keep_audit_partitions(? * interval '1 millisecond')",
        statement -> {
          statement.setLong(1, settings.retention().toMillis());
          return statement.executeQuery().next();
        });
  }
}
