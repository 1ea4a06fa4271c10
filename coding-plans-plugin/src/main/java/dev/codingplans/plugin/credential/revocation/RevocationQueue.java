package dev.codingplans.plugin.credential.revocation;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.plugin.database.Columns;
import dev.codingplans.plugin.event.LifecycleEvent.CredentialRevoked;
import dev.codingplans.plugin.event.Outbox;
import dev.codingplans.plugin.time.TimeSource;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The queue as adapters empty it (V4). A claim counts the attempt and puts the next one off until
 * its lease is over, so that what a dead node has claimed is due again by itself. Whatever an
 * operator says meanwhile changes the status or the count, and the outcome is dropped.
 */
@Singleton
class RevocationQueue {

  /** Longer than an attempt may take. */
  static final Duration LEASE = Duration.ofSeconds(30);

  /** With the pauses between them about a day; then an operator has to look. */
  static final int MOST_TRIES = 12;

  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);

  private final JdbcOperations jdbc;
  private final TimeSource time;
  private final Outbox outbox;

  RevocationQueue(JdbcOperations jdbc, TimeSource time, Outbox outbox) {
    this.jdbc = jdbc;
    this.time = time;
    this.outbox = outbox;
  }

  /**
   * Claims what is due of these providers, at most as many as given. What is to be ended is the
   * provider's plan: while another credential lives on the same one, it waits.
   */
  @Transactional
  public List<DueRevocation> claim(List<ProviderId> providers, int most) {
    return jdbc.prepareStatement(
        """
        update coding_plans.credential
           set revocation_attempts = revocation_attempts + 1,
               revocation_tries = revocation_tries + 1,
               revocation_next_attempt_at = clock_timestamp() + ? * interval '1 millisecond'
         where id in (select id
                        from coding_plans.credential due
                       where status = 'revocation_pending' and provider_id = any (?)
                         and revocation_next_attempt_at <= clock_timestamp()
                         and not exists (
                             select from coding_plans.credential live
                              where live.provider_id = due.provider_id
                                and live.upstream_plan_id = due.upstream_plan_id
                                and live.status in ('unverified', 'available', 'assigned'))
                       order by revocation_next_attempt_at, position
                       limit ?
                         for update skip locked)
        returning id, provider_id, plan_id, upstream_plan_id, revocation_attempts""",
        statement -> {
          statement.setLong(1, LEASE.toMillis());
          Columns.of(providers).text(ProviderId::value).bind(statement, 2);
          statement.setInt(3, most);
          return read(statement.executeQuery());
        });
  }

  /** Records that the provider has ended it, unless an operator was quicker. */
  @Transactional
  public void revoked(DueRevocation due) {
    var now = time.now();
    var changed =
        jdbc.prepareStatement(
            """
            update coding_plans.credential
               set status = 'revoked', revoked_at = ?
             where id = ? and revocation_attempts = ? and status = 'revocation_pending'""",
            statement -> {
              statement.setTimestamp(1, Timestamp.from(now));
              statement.setObject(2, due.id());
              statement.setInt(3, due.attempt());
              return statement.executeUpdate();
            });
    if (changed == 1) {
      outbox.append(new CredentialRevoked(due.id(), due.planId(), due.provider().value()), now);
    }
  }

  /**
   * Records a failure, unless an operator was quicker: the next attempt is later, twice as much as
   * the last time but for six hours at most; after too many an operator has to look.
   */
  @Transactional
  public void notRevoked(DueRevocation due, String reason) {
    jdbc.prepareStatement(
        """
        update coding_plans.credential
           set revocation_error = ?,
               status = case when revocation_tries >= ? then 'revocation_failed' else status end,
               revocation_next_attempt_at = clock_timestamp()
                 + least(? * interval '1 millisecond' * power(2, least(revocation_tries - 1, 30)), interval '6 hours')
                   * (0.75 + random() / 2)
         where id = ? and revocation_attempts = ? and status = 'revocation_pending'""",
        statement -> {
          statement.setString(1, Reason.of(reason));
          statement.setInt(2, MOST_TRIES);
          statement.setLong(3, FIRST_PAUSE.toMillis());
          statement.setObject(4, due.id());
          statement.setInt(5, due.attempt());
          return statement.executeUpdate();
        });
  }

  private static List<DueRevocation> read(ResultSet rows) throws SQLException {
    var due = new ArrayList<DueRevocation>();
    while (rows.next()) {
      due.add(
          new DueRevocation(
              rows.getObject("id", UUID.class),
              new ProviderId(rows.getString("provider_id")),
              rows.getString("plan_id"),
              rows.getString("upstream_plan_id"),
              rows.getInt("revocation_attempts")));
    }
    return due;
  }
}
