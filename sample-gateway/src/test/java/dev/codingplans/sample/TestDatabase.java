package dev.codingplans.sample;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A database on the one PostgreSQL of this test run. */
record TestDatabase(String url) {

  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final EmbeddedPostgres SERVER = start();

  /** For tests that do not care what others leave in it. */
  static final TestDatabase SHARED = fresh();

  static TestDatabase fresh() {
    var name = "test_" + COUNT.incrementAndGet();
    new TestDatabase(SERVER.getJdbcUrl("postgres", "postgres")).execute("create database " + name);
    return new TestDatabase(SERVER.getJdbcUrl("postgres", name));
  }

  int port() {
    return SERVER.getPort();
  }

  /** Returns where it is reached by way of another port of this machine. */
  String urlOver(int otherPort) {
    return url.replace(":" + port() + "/", ":" + otherPort + "/");
  }

  void execute(String sql) {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the first column of all rows. */
  List<String> texts(String query) {
    try (var connection = DriverManager.getConnection(url);
        var rows = connection.createStatement().executeQuery(query)) {
      var texts = new ArrayList<String>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static EmbeddedPostgres start() {
    try {
      return EmbeddedPostgres.builder().setServerConfig("max_connections", "300").start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
