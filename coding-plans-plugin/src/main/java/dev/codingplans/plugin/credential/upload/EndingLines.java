package dev.codingplans.plugin.credential.upload;

import dev.codingplans.plugin.credential.Fingerprint;
import dev.codingplans.plugin.database.Columns;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** The statements on the lines of an upload that ends, many lines at once. */
@Singleton
class EndingLines {

  private final JdbcOperations jdbc;

  EndingLines(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /** Tells whether one bad line is among them. */
  boolean anyIsBad(UUID upload) {
    return jdbc.prepareStatement(
        """
        select exists (select from coding_plans.upload_line
                        where upload_id = ? and outcome not in ('verified', 'unverified'))""",
        statement -> {
          statement.setObject(1, upload);
          var row = statement.executeQuery();
          return row.next() && row.getBoolean(1);
        });
  }

  /** Returns the lines whose keys are good, in their order. */
  List<GoodLine> good(UUID upload) {
    return jdbc.prepareStatement(
        """
        select line, id, upstream_plan_id, fingerprint, ciphertext, outcome
          from coding_plans.upload_line
         where upload_id = ? and outcome in ('verified', 'unverified')
         order by line""",
        statement -> {
          statement.setObject(1, upload);
          return GoodLine.all(statement.executeQuery());
        });
  }

  /** Makes duplicates of the lines with these keys: others have stored them meanwhile. */
  void markDuplicates(UUID upload, Collection<Fingerprint> fingerprints) {
    jdbc.prepareStatement(
        """
        update coding_plans.upload_line set outcome = 'duplicate'
         where upload_id = ? and fingerprint = any (?)""",
        statement -> {
          statement.setObject(1, upload);
          Columns.of(List.copyOf(fingerprints)).bytes(Fingerprint::bytes).bind(statement, 2);
          return statement.executeUpdate();
        });
  }

  /** Gives up on the lines of which nothing is known. */
  void giveUpUnjudged(UUID upload) {
    jdbc.prepareStatement(
        """
        update coding_plans.upload_line set outcome = 'unreachable'
         where upload_id = ? and outcome is null""",
        statement -> {
          statement.setObject(1, upload);
          return statement.executeUpdate();
        });
  }

  /**
   * Erases the keys of all lines and what belongs to them; says of the proven ones if they are
   * stored.
   */
  void close(UUID upload, boolean areStored) {
    jdbc.prepareStatement(
        """
        update coding_plans.upload_line
           set outcome = case when ? and outcome = 'verified' then 'stored' else outcome end,
               id = null, upstream_plan_id = null, fingerprint = null, ciphertext = null
         where upload_id = ? and id is not null""",
        statement -> {
          statement.setBoolean(1, areStored);
          statement.setObject(2, upload);
          return statement.executeUpdate();
        });
  }
}
