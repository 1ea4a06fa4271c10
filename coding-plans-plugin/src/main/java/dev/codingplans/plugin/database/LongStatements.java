package dev.codingplans.plugin.database;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Lets a part of a transaction take longer than statements may otherwise. For what is rare, cannot
 * be done in pieces, and keeps nobody waiting but its own user.
 */
@Singleton
public class LongStatements {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** The driver gives up after the database: a connection that it gives up is lost. */
  private static final Duration DRIVER_LIMIT = LIMIT.plusSeconds(2);

  private final JdbcOperations jdbc;

  LongStatements(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /** Runs them in the transaction that there is; what follows them has its usual limits again. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void run(Runnable statements) {
    jdbc.execute(
        connection -> {
          runOn(connection, statements);
          return true;
        });
  }

  private static void runOn(Connection connection, Runnable statements) throws SQLException {
    var usual = connection.getNetworkTimeout();
    connection.setNetworkTimeout(Runnable::run, Math.toIntExact(DRIVER_LIMIT.toMillis()));
    try {
      var usualLimit = limitOf(connection);
      limit(connection, LIMIT.toMillis() + "ms");
      statements.run();
      limit(connection, usualLimit);
    } finally {
      // What failed may have taken the connection with it.
      if (!connection.isClosed()) {
        connection.setNetworkTimeout(Runnable::run, usual);
      }
    }
  }

  private static String limitOf(Connection connection) throws SQLException {
    try (var statement =
            connection.prepareStatement("select current_setting('statement_timeout')");
        var row = statement.executeQuery()) {
      row.next();
      return row.getString(1);
    }
  }

  private static void limit(Connection connection, String most) throws SQLException {
    try (var statement =
        connection.prepareStatement("select set_config('statement_timeout', ?, true)")) {
      statement.setString(1, most);
      statement.execute();
    }
  }
}
