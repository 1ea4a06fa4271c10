package dev.codingplans.sample.database;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Connects as the driver does, but once it has, it goes on trying while the database is away: its
 * pool would rest for five seconds between attempts, and be as late when the database is back.
 */
final class PatientDataSource implements DataSource {

  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofHours(1);

  private final DataSource driver;
  private volatile boolean connected;

  PatientDataSource(DataSource driver) {
    this.driver = driver;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return connect(driver::getConnection);
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return connect(() -> driver.getConnection(user, password));
  }

  private Connection connect(Attempt attempt) throws SQLException {
    var started = System.nanoTime();
    while (true) {
      try {
        var connection = attempt.connect();
        connected = true;
        return connection;
      } catch (SQLException e) {
        if (!connected || !Outage.isBehind(e) || System.nanoTime() - started > PATIENCE.toNanos()) {
          throw e;
        }
      }
      rest();
    }
  }

  private static void rest() throws SQLException {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      // The pool is closed.
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted", "08001", e);
    }
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return driver.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    driver.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    driver.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return driver.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return driver.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return driver.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return driver.isWrapperFor(type);
  }

  /** One attempt to connect. */
  private interface Attempt {

    Connection connect() throws SQLException;
  }
}
