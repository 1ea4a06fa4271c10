package dev.codingplans.sample.database;

import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.sample.settings.DatabaseSettings;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a database whether it is there, so that its absence is told with all other faults. */
public final class Reachability {

  /** Worded as the plugin words it, which finds the same. */
  static final String FAULT =
      "DATABASE_URL: the database cannot be reached or prepared; the log says why.";

  private static final Logger LOG = LoggerFactory.getLogger(Reachability.class);

  /** Both URLs together leave enough of the time that a start may take. */
  private static final String SECONDS = "4";

  private Reachability() {}

  /** Returns what cannot be reached, a sentence each. */
  public static List<String> faults(DatabaseSettings database) {
    var faults = new ArrayList<String>();
    if (!answers(database.url(), database.user(), database.password())) {
      faults.add(FAULT);
    }
    if (!database.migrationUrl().equals(database.url())
        && !answers(database.migrationUrl(), database.user(), database.migrationPassword())) {
      faults.add("DATABASE_MIGRATION_URL: the database cannot be reached; the log says why.");
    }
    return faults;
  }

  private static boolean answers(String url, Optional<String> user, Optional<Secret> password) {
    var properties = new Properties();
    user.ifPresent(name -> properties.setProperty("user", name));
    password.ifPresent(text -> properties.setProperty("password", text.reveal()));
    properties.setProperty("loginTimeout", SECONDS);
    properties.setProperty("connectTimeout", SECONDS);
    try (var connection = DriverManager.getConnection(url, properties)) {
      return connection.isValid(1);
    } catch (SQLException e) {
      LOG.error(
          "The database does not answer: {} ({})", e.getMessage(), String.valueOf(e.getCause()));
      return false;
    }
  }
}
