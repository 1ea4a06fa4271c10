package dev.codingplans.plugin.database;

import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.plugin.settings.SettingsReader;
import java.util.Optional;

/**
 * How the database is reached. Neither URL holds a password.
 *
 * @param migrationUrl goes around a pooler
 */
public record DatabaseSettings(
    String url,
    Optional<Secret> password,
    String migrationUrl,
    Optional<Secret> migrationPassword,
    Optional<String> user) {

  private static final String URL = "DATABASE_URL";

  public static DatabaseSettings read(SettingsReader in) {
    if (in.text(URL).isEmpty()) {
      in.fault(URL + ": it is required, a JDBC URL of PostgreSQL 15 or newer.");
    }
    var url = jdbcUrl(in, URL);
    var direct = jdbcUrl(in, "DATABASE_MIGRATION_URL").or(() -> url).orElse(JdbcUrl.NONE);
    var pooled = url.orElse(JdbcUrl.NONE);
    var password = in.secret("DATABASE_PASSWORD");
    return new DatabaseSettings(
        pooled.text(),
        password.or(pooled::password),
        direct.text(),
        password.or(direct::password),
        in.text("DATABASE_USER"));
  }

  private static Optional<JdbcUrl> jdbcUrl(SettingsReader in, String name) {
    var given = in.text(name);
    given.flatMap(JdbcUrl::faultOf).ifPresent(fault -> in.fault(name + ": " + fault));
    return given.flatMap(JdbcUrl::parse);
  }
}
