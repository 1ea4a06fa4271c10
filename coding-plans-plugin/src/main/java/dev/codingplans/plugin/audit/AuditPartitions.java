package dev.codingplans.plugin.audit;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** The months of the log: made ahead, and dropped when they are old, each in a transaction. */
@Singleton
class AuditPartitions {

  /** Beside the console's connections. */
  private static final String DATA_SOURCE = "maintenance";

  private final JdbcOperations jdbc;
  private final AuditSettings settings;

  AuditPartitions(@Named(DATA_SOURCE) JdbcOperations jdbc, AuditSettings settings) {
    this.jdbc = jdbc;
    this.settings = settings;
  }

  /** Makes months ahead; not behind a writer that takes its time. */
  @Transactional(DATA_SOURCE)
  public void make() {
    limitLocks("2s");
    jdbc.prepareStatement(
        "select coding_plans.make_audit_months()", statement -> statement.executeQuery().next());
  }

  /** Drops old months; others wait behind it while it waits, so that is short. */
  @Transactional(DATA_SOURCE)
  public void drop() {
    limitLocks("500ms");
    jdbc.prepareStatement(
        "select coding_plans.drop_audit_months(? * interval '1 second')",
        statement -> {
          statement.setLong(1, settings.retention().toSeconds());
          return statement.executeQuery().next();
        });
  }

  private void limitLocks(String most) {
    jdbc.prepareStatement(
        "select set_config('lock_timeout', ?, true)",
        statement -> {
          statement.setString(1, most);
          return statement.executeQuery().next();
        });
  }
}
