package dev.codingplans.sample.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Tells a database that does not answer from one that refuses. */
public final class Outage {

  /**
   * 08: no connection; 53: out of resources; 57: the server is going down or took too long; 40001
   * and 40P01: others were in the way.
   */
  private static final Pattern MOMENTARY = Pattern.compile("(08|53|57).*|40001|40P01");

  private Outage() {}

  /** Tells whether the database may answer the same a moment later. */
  public static boolean isBehind(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast)
        .anyMatch(Outage::isMomentary);
  }

  /** One without a state is the pool's own, which has no connection or a closed one. */
  private static boolean isMomentary(SQLException failure) {
    return failure instanceof SQLTransientConnectionException
        || failure.getSQLState() == null
        || MOMENTARY.matcher(failure.getSQLState()).matches();
  }
}
