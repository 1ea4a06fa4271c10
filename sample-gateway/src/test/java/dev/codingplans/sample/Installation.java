package dev.codingplans.sample;

import static java.util.stream.Collectors.joining;

import dev.codingplans.sample.proxy.FakeProvider;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The built folder with the drop-in jar, and a PostgreSQL that outlives the gateways on it. */
final class Installation implements AutoCloseable {

  /** What starts fastest; the tests of a killed gateway start a dozen. */
  private static final String QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto";

  private final Path folder;
  private final EmbeddedPostgres postgres;
  private final Map<String, String> variables;
  private final FakeProvider ownProvider = new FakeProvider();

  /** With a provider of its own, which finds every key good and of the tier that is tested with. */
  Installation(Path folder) {
    this(folder, Optional.empty());
  }

  Installation(Path folder, URI provider) {
    this(folder, Optional.of(provider));
  }

  private Installation(Path folder, Optional<URI> provider) {
    this.folder = folder;
    ownProvider.provesKeys(Calls.TITLE);
    try {
      this.postgres = EmbeddedPostgres.builder().setServerConfig("max_connections", "200").start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.variables =
        new HashMap<>(
            Map.of(
                "GATEWAY_PORT",
                "0",
                "DATABASE_URL",
                postgres.getJdbcUrl("postgres", "postgres"),
                "JWT_SECRET",
                Given.JWT_SECRET,
                "CODING_PLANS_KEYSET",
                "file:" + folder.resolve("keyset.json"),
                "MINIMAX_BASE_URL",
                provider.orElse(ownProvider.address()).toString(),
                // Nobody asks the provider but who is told to.
                "CODING_PLANS_HEALTH_INTERVAL",
                "P1000D",
                "JAVA_OPTS",
                QUICK));
  }

  Installation with(String variable, String value) {
    variables.put(variable, value);
    return this;
  }

  GatewayProcess run() {
    return GatewayProcess.run(folder, variables);
  }

  Connection connect() throws SQLException {
    return postgres.getPostgresDatabase().getConnection();
  }

  EmbeddedPostgres postgres() {
    return postgres;
  }

  /** Returns a line per row, its columns with a blank between. */
  List<String> rows(String sql) {
    try (var connection = connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var lines = new ArrayList<String>();
      while (rows.next()) {
        var columns = new ArrayList<String>();
        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
          columns.add(rows.getString(column));
        }
        lines.add(columns.stream().map(String::valueOf).collect(joining(" ")));
      }
      return lines;
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  @Override
  public void close() {
    try (ownProvider) {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
