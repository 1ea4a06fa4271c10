package dev.codingplans.plugin.database;

import dev.codingplans.gateway.spi.entitlement.Secret;
import java.util.Arrays;
import java.util.Map;
import org.flywaydb.core.Flyway;

/** Brings the schema {@code coding_plans} up to date, with a history table of its own. */
public final class Migrations {

  public static final String SCHEMA = "coding_plans";

  /** As in {@code plugin.yml}, but a statement may take its time. */
  private static final Map<String, String> DRIVER =
      Map.of(
          "loginTimeout", "2",
          "connectTimeout", "2",
          "tcpKeepAlive", "true",
          "logServerErrorDetail", "false");

  private Migrations() {}

  public static void run(DatabaseSettings database) {
    var flyway =
        Flyway.configure(Migrations.class.getClassLoader())
            // Before the data source, which takes them with it.
            .jdbcProperties(DRIVER)
            .dataSource(
                database.migrationUrl(),
                database.user().orElse(null),
                database.migrationPassword().map(Secret::reveal).orElse(null))
            .locations("classpath:dev/codingplans/plugin/migration")
            .schemas(SCHEMA)
            .table("schema_history")
            .createSchemas(true)
            // A session lock instead of one transaction around all: indexes are built concurrently.
            .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
            .load();
    if (Arrays.stream(flyway.info().all()).anyMatch(script -> script.getState().isFailed())) {
      // Only a script outside a transaction leaves a failure behind, and each of these can be run
      // again.
      flyway.repair();
    }
    flyway.migrate();
  }
}
