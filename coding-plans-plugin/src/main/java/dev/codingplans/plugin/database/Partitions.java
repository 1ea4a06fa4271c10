package dev.codingplans.plugin.database;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * The months of logs, which are tables in parts: made ahead, and dropped when they are old, each in
 * a transaction. Which log it is names the functions in the database that do it.
 */
@Singleton
public class Partitions {

  /** Beside the console's connections. */
  private static final String DATA_SOURCE = "maintenance";

  private final JdbcOperations jdbc;

  Partitions(@Named(DATA_SOURCE) JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /** Makes months ahead; not behind a writer that takes its time. */
  @Transactional(DATA_SOURCE)
  public void make(String log) {
    limitLocks("2s");
    jdbc.prepareStatement(
        "select coding_plans.make_%s_months()".formatted(log),
        statement -> statement.executeQuery().next());
  }

  /** Drops old months; others wait behind it while it waits, so that is short. */
  @Transactional(DATA_SOURCE)
  public void drop(String log, Duration retention) {
    limitLocks("500ms");
    jdbc.prepareStatement(
        "select coding_plans.drop_%s_months(? * interval '1 second')".formatted(log),
        statement -> {
          statement.setLong(1, retention.toSeconds());
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
