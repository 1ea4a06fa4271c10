package dev.codingplans.plugin.support;

import dev.codingplans.plugin.database.DatabaseSettings;
import dev.codingplans.plugin.database.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A database of its own on the one PostgreSQL of this test run. */
public final class TestDatabase {

  /** Where the server of this JVM writes its log, before it answers. */
  private static final Path LOG =
      Path.of("target", "postgresql-" + System.getProperty("surefire.forkNumber", "0") + ".log");

  /** What every other one is a copy of: migrating each would take longer than most tests. */
  private static final String MIGRATED = "migrated";

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String url;

  private TestDatabase(String url) {
    this.url = url;
  }

  /** Returns one whose schema is up to date, and in which nothing is. */
  public static TestDatabase fresh() {
    return copyOf(MIGRATED);
  }

  /** Returns one that was never migrated. */
  public static TestDatabase empty() {
    return copyOf("template1");
  }

  private static TestDatabase copyOf(String template) {
    return create("test_" + COUNT.incrementAndGet(), template, Server.ONLY);
  }

  private static TestDatabase create(String name, String template, EmbeddedPostgres server) {
    try (var connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create database " + name + " template " + template);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return new TestDatabase(server.getJdbcUrl("postgres", name));
  }

  /** Speaks to a database that somebody else looks after. */
  public static TestDatabase at(String url) {
    return new TestDatabase(url);
  }

  public String url() {
    return url;
  }

  public int port() {
    return URI.create(url.substring("jdbc:".length())).getPort();
  }

  /** Returns where it is reached by way of another port of this machine. */
  public String urlOver(int otherPort) {
    return url.replace(":" + port() + "/", ":" + otherPort + "/");
  }

  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url);
  }

  /** Lets the server log every statement of new connections to this database. */
  public void logStatements() {
    execute(
        """
        do $$ begin
          execute format('alter database %I set log_statement = ''all''', current_database());
        end $$""");
  }

  /** Returns what the server has logged in this test run. */
  public static List<String> serverLog() {
    try {
      return Files.readAllLines(LOG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
        var server =
            EmbeddedPostgres.builder()
                .setServerConfig("max_connections", "1000")
                .setOutputRedirector(ProcessBuilder.Redirect.to(LOG.toFile()))
                .start();
        migrate(create(MIGRATED, "template1", server).url());
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void migrate(String url) {
      Migrations.run(
          new DatabaseSettings(url, Optional.empty(), url, Optional.empty(), Optional.empty()));
    }
  }
}
