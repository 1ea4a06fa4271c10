package dev.codingplans.plugin.credential.upload;

import dev.codingplans.plugin.credential.Fingerprint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A line of a running upload that may be stored, with what that takes.
 *
 * @param line counts from 1
 * @param id what its ciphertext is bound to
 */
@SuppressWarnings(
    "ArrayRecordComponent") // Never compared: it comes out of the database or goes in.
record KeptLine(
    int line, UUID id, String upstreamPlanId, Fingerprint fingerprint, byte[] ciphertext) {

  static List<KeptLine> all(ResultSet rows) throws SQLException {
    var lines = new ArrayList<KeptLine>();
    while (rows.next()) {
      lines.add(of(rows));
    }
    return lines;
  }

  static KeptLine of(ResultSet row) throws SQLException {
    return new KeptLine(
        row.getInt("line"),
        row.getObject("id", UUID.class),
        row.getString("upstream_plan_id"),
        Fingerprint.of(row.getBytes("fingerprint")),
        row.getBytes("ciphertext"));
  }

  /** Names the line only. */
  @Override
  public String toString() {
    return "line " + line;
  }
}
