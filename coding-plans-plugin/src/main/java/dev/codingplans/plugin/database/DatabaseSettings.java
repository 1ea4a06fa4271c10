package dev.codingplans.plugin.database;

import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.plugin.settings.SettingsReader;
import java.util.Optional;

/** How the database is reached. The migration URL goes around a pooler. */
public record DatabaseSettings(
    String url, String migrationUrl, Optional<String> user, Optional<Secret> password) {

  private static final String JDBC_PREFIX = "jdbc:postgresql:";

  public static DatabaseSettings read(SettingsReader in) {
    var url = jdbcUrl(in, "DATABASE_URL");
    if (url.isEmpty()) {
      in.fault("DATABASE_URL: it is required, a JDBC URL of PostgreSQL 15 or newer.");
    }
    var direct = jdbcUrl(in, "DATABASE_MIGRATION_URL");
    return new DatabaseSettings(
        url.orElse(""),
        direct.or(() -> url).orElse(""),
        in.text("DATABASE_USER"),
        in.secret("DATABASE_PASSWORD"));
  }

  private static Optional<String> jdbcUrl(SettingsReader in, String name) {
    var url = in.text(name);
    if (url.isPresent() && !url.get().startsWith(JDBC_PREFIX)) {
      in.fault(name + ": it must start with " + JDBC_PREFIX + ".");
    }
    return url;
  }
}
