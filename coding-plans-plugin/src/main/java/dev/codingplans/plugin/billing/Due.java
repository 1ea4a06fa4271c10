package dev.codingplans.plugin.billing;

import dev.codingplans.gateway.spi.identity.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A subscription that was due when it was read, without a lock; and its place in the order. */
record Due(UUID id, UserId user, Instant at) {

  /** Before all others. */
  static final Due FIRST = new Due(new UUID(0, 0), new UserId("nobody"), Instant.EPOCH);

  /** Reads rows of id, user, and instant. */
  static List<Due> read(ResultSet rows) throws SQLException {
    var due = new ArrayList<Due>();
    while (rows.next()) {
      due.add(
          new Due(
              rows.getObject(1, UUID.class),
              new UserId(rows.getString(2)),
              rows.getTimestamp(3).toInstant()));
    }
    return due;
  }
}
