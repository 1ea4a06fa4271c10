package dev.codingplans.plugin.credential.upload;

import dev.codingplans.plugin.database.Columns;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** The statements on the lines of running uploads, many lines at once. */
@Singleton
class UploadLines {

  private final JdbcOperations jdbc;

  UploadLines(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /** Adds lines that are done with. */
  void addJudged(UUID upload, List<Verdict> verdicts) {
    jdbc.prepareStatement(
        """
        insert into coding_plans.upload_line (upload_id, line, outcome)
        select ?, line, outcome from unnest(?, ?) as judged (line, outcome)""",
        statement -> {
          statement.setObject(1, upload);
          Columns.of(verdicts)
              .bigint(Verdict::line)
              .text(verdict -> verdict.outcome().code())
              .bind(statement, 2);
          return statement.executeUpdate();
        });
  }

  /** Adds lines to ask the provider about. */
  void addKept(UUID upload, List<KeptLine> lines) {
    jdbc.prepareStatement(
        """
        insert into coding_plans.upload_line
               (upload_id, line, id, upstream_plan_id, fingerprint, ciphertext)
        select ?, line, id, upstream_plan_id, fingerprint, ciphertext
          from unnest(?, ?, ?, ?, ?) as kept (line, id, upstream_plan_id, fingerprint, ciphertext)""",
        statement -> {
          statement.setObject(1, upload);
          Columns.of(lines)
              .bigint(KeptLine::line)
              .uuid(KeptLine::id)
              .text(KeptLine::upstreamPlanId)
              .bytes(line -> line.fingerprint().bytes())
              .bytes(KeptLine::ciphertext)
              .bind(statement, 2);
          return statement.executeUpdate();
        });
  }

  /** Returns the lines of which nothing is known yet. */
  @Transactional
  public List<KeptLine> unjudged(UUID upload) {
    return jdbc.prepareStatement(
        """
        select line, id, upstream_plan_id, fingerprint, ciphertext
          from coding_plans.upload_line
         where upload_id = ? and outcome is null
         order by line""",
        statement -> {
          statement.setObject(1, upload);
          return KeptLine.all(statement.executeQuery());
        });
  }

  /** Notes what was found out; what is known of a line already stands. */
  void judge(UUID upload, List<Verdict> verdicts) {
    jdbc.prepareStatement(
        """
        update coding_plans.upload_line
           set outcome = verdict.outcome
          from unnest(?, ?) as verdict (line, outcome)
         where upload_id = ? and upload_line.line = verdict.line and upload_line.outcome is null""",
        statement -> {
          Columns.of(verdicts)
              .bigint(Verdict::line)
              .text(verdict -> verdict.outcome().code())
              .bind(statement);
          statement.setObject(3, upload);
          return statement.executeUpdate();
        });
  }
}
