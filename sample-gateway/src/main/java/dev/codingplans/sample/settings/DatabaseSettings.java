package dev.codingplans.sample.settings;

import dev.codingplans.gateway.spi.entitlement.Secret;
import java.util.Map;
import java.util.Optional;

/**
 * How the database is reached. Neither URL holds a password. The faults are worded as the plugin
 * words them, so that one that both find is told once.
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

  /** Returns the settings unless they are at fault themselves, whatever else is. */
  public static Optional<DatabaseSettings> find(Map<String, String> settings) {
    var in = new SettingsReader(settings);
    var read = read(in);
    return in.hasFaults() ? Optional.empty() : Optional.of(read);
  }

  static DatabaseSettings read(SettingsReader in) {
    if (in.find(URL).isEmpty()) {
      in.fault(URL + ": it is required, a JDBC URL of PostgreSQL 15 or newer.");
    }
    var url = jdbcUrl(in, URL);
    var direct = jdbcUrl(in, "DATABASE_MIGRATION_URL").or(() -> url).orElse(JdbcUrl.NONE);
    var pooled = url.orElse(JdbcUrl.NONE);
    var password = in.find("DATABASE_PASSWORD").map(Secret::of);
    return new DatabaseSettings(
        pooled.text(),
        password.or(pooled::password),
        direct.text(),
        password.or(direct::password),
        in.find("DATABASE_USER"));
  }

  private static Optional<JdbcUrl> jdbcUrl(SettingsReader in, String name) {
    var given = in.find(name);
    given.flatMap(JdbcUrl::faultOf).ifPresent(fault -> in.fault(name + ": " + fault));
    return given.flatMap(JdbcUrl::parse);
  }
}
