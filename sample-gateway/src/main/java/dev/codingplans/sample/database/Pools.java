package dev.codingplans.sample.database;

import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.sample.settings.DatabaseSettings;
import java.util.HashMap;
import java.util.Map;

/**
 * The connections to the database, as properties of the framework. A database that does not answer
 * must not keep anybody for longer than five seconds.
 */
public final class Pools {

  /** What users do with their keys. */
  private static final Map<String, Object> DEFAULT = pool(4, 2_000, 2);

  /** The request path: it has a shorter wait, because it has an older answer. */
  private static final Map<String, Object> INFERENCE = pool(2, 1_000, 2);

  private Pools() {}

  /** Returns the properties of all pools. */
  public static Map<String, Object> properties(DatabaseSettings database) {
    var properties = new HashMap<String, Object>();
    add(properties, "default", DEFAULT, database);
    add(properties, "inference", INFERENCE, database);
    return properties;
  }

  private static Map<String, Object> pool(int most, int waitMillis, int answerSeconds) {
    return Map.of(
        "maximum-pool-size",
        most,
        "connection-timeout",
        waitMillis,
        "validation-timeout",
        waitMillis / 2,
        "keepalive-time",
        30_000,
        "transaction-isolation",
        "TRANSACTION_READ_COMMITTED",
        // The parameters of the operator's URL go before these. The driver takes texts only.
        // Details
        // of errors would put rows into the log.
        "data-source-properties",
        Map.of(
            "loginTimeout", "2",
            "connectTimeout", "2",
            "socketTimeout", Integer.toString(answerSeconds),
            "tcpKeepAlive", "true",
            "logServerErrorDetail", "false"));
  }

  private static void add(
      Map<String, Object> properties,
      String name,
      Map<String, Object> pool,
      DatabaseSettings database) {
    var prefix = "datasources." + name + ".";
    pool.forEach((key, value) -> properties.put(prefix + key, value));
    properties.put(prefix + "url", database.url());
    properties.put(prefix + "driver-class-name", "org.postgresql.Driver");
    database.user().ifPresent(user -> properties.put(prefix + "username", user));
    database
        .password()
        .map(Secret::reveal)
        .ifPresent(password -> properties.put(prefix + "password", password));
  }
}
