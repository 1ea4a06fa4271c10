package dev.codingplans.plugin.credential.upload;

import dev.codingplans.plugin.credential.Fingerprint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A line whose key is good, and whether it is proven that it belongs to the plan's tier. */
record GoodLine(KeptLine line, boolean isProven) {

  static List<GoodLine> all(ResultSet rows) throws SQLException {
    var lines = new ArrayList<GoodLine>();
    while (rows.next()) {
      var isProven = Outcome.parse(rows.getString("outcome")) == Outcome.VERIFIED;
      lines.add(new GoodLine(KeptLine.of(rows), isProven));
    }
    return lines;
  }

  Fingerprint fingerprint() {
    return line.fingerprint();
  }
}
