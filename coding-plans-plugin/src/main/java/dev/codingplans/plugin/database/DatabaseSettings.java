package dev.codingplans.plugin.database;

import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.plugin.settings.SettingsReader;
import java.util.Optional;
import java.util.regex.Pattern;

/** How the database is reached. The migration URL goes around a pooler. */
public record DatabaseSettings(
    String url, String migrationUrl, Optional<String> user, Optional<Secret> password) {

  private static final Pattern FORM = Pattern.compile("jdbc:postgresql:\\S+");

  /** URLs are logged by the driver and others; secrets must not be. */
  private static final Pattern SECRET_INSIDE =
      Pattern.compile("[?&](ssl)?password=|//[^/?]*@", Pattern.CASE_INSENSITIVE);

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
    url.flatMap(DatabaseSettings::faultOf).ifPresent(fault -> in.fault(name + ": " + fault));
    return url;
  }

  private static Optional<String> faultOf(String url) {
    if (!FORM.matcher(url).matches()) {
      return Optional.of("it must be a URL that starts with jdbc:postgresql:.");
    }
    return SECRET_INSIDE.matcher(url).find()
        ? Optional.of("it must not hold a password; that is what DATABASE_PASSWORD is for.")
        : Optional.empty();
  }
}
