package dev.codingplans.plugin.audit;

import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import io.micronaut.transaction.exceptions.TransactionException;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The months of the log: made ahead, and dropped when they are old. */
@Singleton
class AuditPartitions {

  private static final Logger LOG = LoggerFactory.getLogger(AuditPartitions.class);

  /** Beside the console's connections. */
  private static final String DATA_SOURCE = "maintenance";

  private final JdbcOperations jdbc;
  private final AuditSettings settings;

  AuditPartitions(@Named(DATA_SOURCE) JdbcOperations jdbc, AuditSettings settings) {
    this.jdbc = jdbc;
    this.settings = settings;
  }

  /** Does the same unless the database is too busy: then there is what was made ahead. */
  void keepIfPossible() {
    try {
      keep();
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("The months of the audit log cannot be kept now; it is tried again soon.", e);
    }
  }

  /** Makes months ahead and drops old ones; not behind a writer that takes its time. */
  @Transactional(DATA_SOURCE)
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
