package dev.codingplans.sample.database;

import dev.codingplans.gateway.spi.InvalidSettingsException;
import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.sample.settings.DatabaseSettings;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the schema {@code gateway} up to date, with a history table of its own. */
public final class Migrations {

  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

  private static final String SCHEMA = "gateway";

  /** As for the pools, but a statement may take its time. */
  private static final Map<String, String> DRIVER =
      Map.of(
          "loginTimeout", "5",
          "connectTimeout", "5",
          "tcpKeepAlive", "true",
          "logServerErrorDetail", "false");

  private Migrations() {}

  /**
   * Runs what has not run yet; nodes that start together wait for each other.
   *
   * @throws InvalidSettingsException if the database cannot be prepared
   */
  public static void run(DatabaseSettings database) {
    try {
      migrate(database);
    } catch (FlywayException e) {
      LOG.error("The database could not be prepared.", e);
      throw new InvalidSettingsException(List.of(Reachability.FAULT));
    }
  }

  private static void migrate(DatabaseSettings database) {
    Flyway.configure(Migrations.class.getClassLoader())
        // Before the data source, which takes them with it.
        .jdbcProperties(DRIVER)
        .dataSource(
            database.migrationUrl(),
            database.user().orElse(null),
            database.migrationPassword().map(Secret::reveal).orElse(null))
        .locations("classpath:dev/codingplans/sample/migration")
        .schemas(SCHEMA)
        .table("schema_history")
        .createSchemas(true)
        // A session lock instead of one transaction around all: indexes are built concurrently.
        .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
        .load()
        .migrate();
  }
}
