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
public final class Installation implements AutoCloseable {

  /** What starts fastest; the tests of a killed gateway start a dozen. */
  private static final String QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto";

  private final Path folder;
  private EmbeddedPostgres postgres;
  private final Map<String, String> variables;
  private final FakeProvider ownProvider = new FakeProvider();

  /** With a provider of its own, which finds every key good and of the tier that is tested with. */
  Installation(Path folder) {
    this(folder, Optional.empty());
  }

  public Installation(Path folder, URI provider) {
    this(folder, Optional.of(provider));
  }

  private Installation(Path folder, Optional<URI> provider) {
    this.folder = folder;
    ownProvider.provesKeys(Calls.TITLE);
    this.postgres = startDatabase(0);
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

  public Installation with(String variable, String value) {
    variables.put(variable, value);
    return this;
  }

  public GatewayProcess run() {
    return GatewayProcess.run(folder, variables);
  }

  /** Stops the database as an operator would; what it has stays. */
  void stopDatabase() {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it again, where it was. */
  void startDatabase() {
    postgres = startDatabase(postgres.getPort());
  }

  private EmbeddedPostgres startDatabase(int port) {
    var builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(folder.resolve("database"))
            .setCleanDataDirectory(false)
            .setServerConfig("max_connections", "200");
    if (port != 0) {
      builder.setPort(port);
    }
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Connection connect() throws SQLException {
    return postgres.getPostgresDatabase().getConnection();
  }

  EmbeddedPostgres postgres() {
    return postgres;
  }

  /** Returns a line per row, its columns with a blank between. */
  public List<String> rows(String sql) {
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
      stopDatabase();
    }
  }
}
