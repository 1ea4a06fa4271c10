package dev.codingplans.plugin.support;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A database of its own on the one PostgreSQL of this test run. */
public final class TestDatabase {

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String url;

  private TestDatabase(String url) {
    this.url = url;
  }

  public static TestDatabase fresh() {
    var name = "test_" + COUNT.incrementAndGet();
    var server = Server.ONLY;
    try (var connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return new TestDatabase(server.getJdbcUrl("postgres", name));
  }

  public String url() {
    return url;
  }

  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url);
  }

  /** Executes a statement and returns the number of rows. */
  public int execute(String sql, Object... parameters) {
    try (var connection = connect();
        var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      return statement.execute() ? 0 : statement.getUpdateCount();
    } catch (SQLException e) {
      throw new DatabaseRefusal(e);
    }
  }

  /** Returns the first column of all rows, as text. */
  public List<String> texts(String sql, Object... parameters) {
    try (var connection = connect();
        var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      var rows = statement.executeQuery();
      var texts = new ArrayList<String>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    } catch (SQLException e) {
      throw new DatabaseRefusal(e);
    }
  }

  /** Returns the one value of a query, as text. */
  public String text(String sql, Object... parameters) {
    return texts(sql, parameters).getFirst();
  }

  /** What PostgreSQL did not allow. */
  public static final class DatabaseRefusal extends RuntimeException {

    DatabaseRefusal(SQLException cause) {
      super(cause.getMessage(), cause);
    }
  }

  private static final class Server {

    static final EmbeddedPostgres ONLY = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder().setServerConfig("max_connections", "300").start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
