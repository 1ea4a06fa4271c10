package dev.codingplans.plugin.credential.upload;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.plugin.credential.upload.Upload.Mode;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Whose an upload is. A node holds it for a while in real time and renews that; what a dead node
 * held is anybody's by itself. Each lease has the next number, and all that is written for an
 * upload is written under the newest, with the upload's row locked: who slept too long writes
 * nothing.
 */
@Singleton
class UploadLeases {

  static final Duration LENGTH = Duration.ofSeconds(15);

  private final JdbcOperations jdbc;

  UploadLeases(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /** Takes the oldest upload that nobody holds, if there is one. */
  @Transactional
  public Optional<LeasedUpload> claim() {
    return jdbc.prepareStatement(
        """
        update coding_plans.upload
           set lease = lease + 1, leased_until = clock_timestamp() + ? * interval '1 millisecond'
         where id = (select id from coding_plans.upload
                      where state = 'running'
                        and (leased_until is null or leased_until <= clock_timestamp())
                      order by created_at, id
                      limit 1
                        for update skip locked)
        returning id, lease, provider_id, plan_id, mode, dry_run""",
        statement -> {
          statement.setLong(1, LENGTH.toMillis());
          var row = statement.executeQuery();
          return row.next() ? Optional.of(upload(row)) : Optional.empty();
        });
  }

  /**
   * Locks the upload's row and renews the lease; false if the upload is not this node's any more.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean hold(LeasedUpload upload) {
    return 1
        == jdbc.prepareStatement(
            """
            update coding_plans.upload
               set leased_until = clock_timestamp() + ? * interval '1 millisecond'
             where id = ? and lease = ? and state = 'running'""",
            statement -> {
              statement.setLong(1, LENGTH.toMillis());
              statement.setObject(2, upload.id());
              statement.setInt(3, upload.lease());
              return statement.executeUpdate();
            });
  }

  /** Lets any node go on with the upload at once; it is held. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void giveBack(LeasedUpload upload) {
    jdbc.prepareStatement(
        "update coding_plans.upload set leased_until = null where id = ?",
        statement -> {
          statement.setObject(1, upload.id());
          return statement.executeUpdate();
        });
  }

  /** Marks the upload as done; it is held. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void end(LeasedUpload upload, int stored) {
    jdbc.prepareStatement(
        """
        update coding_plans.upload
           set state = 'done', leased_until = null, stored = ?
         where id = ?""",
        statement -> {
          statement.setInt(1, stored);
          statement.setObject(2, upload.id());
          return statement.executeUpdate();
        });
  }

  private static LeasedUpload upload(ResultSet row) throws SQLException {
    return new LeasedUpload(
        row.getObject("id", UUID.class),
        row.getInt("lease"),
        new ProviderId(row.getString("provider_id")),
        new PlanId(row.getString("plan_id")),
        Mode.parse(row.getString("mode")),
        row.getBoolean("dry_run"));
  }
}
