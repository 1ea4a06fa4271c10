package dev.codingplans.plugin.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the database says about a failure, in its five characters. */
public final class SqlState {

  private static final String TIMEOUT = "57014";

  /**
   * 08: no connection; 53: out of resources; 57: the server is going down or took too long; 55P03:
   * a lock was not to be had; 40001 and 40P01: others were in the way.
   */
  private static final Pattern MOMENTARY = Pattern.compile("(08|53|57).*|55P03|40001|40P01");

  /** As above, without those of a single statement. */
  private static final Pattern CONNECTION = Pattern.compile("08.*|53.*|57P.*");

  private SqlState() {}

  /** Tells whether the database may answer the same a moment later. */
  public static boolean isMomentary(Throwable failure) {
    return sqlFailures(failure).anyMatch(SqlState::isMomentary);
  }

  /** Tells whether the database is away, so that nothing else can be done either. */
  public static boolean isConnectionFailure(Throwable failure) {
    return sqlFailures(failure).anyMatch(SqlState::isConnectionFailure);
  }

  /** Tells whether a statement was given up because it waited for too long. */
  public static boolean isTimeout(Throwable failure) {
    return sqlFailures(failure).anyMatch(e -> TIMEOUT.equals(e.getSQLState()));
  }

  /** Returns the state that the failure carries, if it does. */
  public static Optional<String> of(Throwable failure) {
    return sqlFailures(failure).flatMap(e -> Stream.ofNullable(e.getSQLState())).findFirst();
  }

  private static boolean isConnectionFailure(SQLException failure) {
    return failure instanceof SQLTransientConnectionException
        || failure.getSQLState() == null
        || CONNECTION.matcher(failure.getSQLState()).matches();
  }

  /** One without a state is the pool's own, which has no connection or a closed one. */
  private static boolean isMomentary(SQLException failure) {
    return failure instanceof SQLTransientConnectionException
        || failure.getSQLState() == null
        || MOMENTARY.matcher(failure.getSQLState()).matches();
  }

  private static Stream<SQLException> sqlFailures(Throwable failure) {
    return Stream.iterate(failure, t -> t != null, Throwable::getCause)
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast);
  }
}
