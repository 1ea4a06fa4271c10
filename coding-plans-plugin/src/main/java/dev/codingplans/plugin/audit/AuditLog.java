package dev.codingplans.plugin.audit;

import dev.codingplans.gateway.spi.identity.UserId;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What admins did (F3). Entries are added and never changed; they refer to users by number. */
@Singleton
public class AuditLog {

  /** For filters that are only together rare. */
  private static final int MAX_SECONDS = 2;

  private final JdbcOperations jdbc;
  private final AuditUsers users;

  AuditLog(JdbcOperations jdbc, AuditUsers users) {
    this.jdbc = jdbc;
    this.users = users;
  }

  /**
   * Adds an entry, in the transaction of what it tells of if there is one, as the last that it
   * does.
   *
   * @param names tells what a user is called by now
   */
  @Transactional
  public void append(AuditEntry entry, UnaryOperator<UserId> names) {
    append(entry, usersOf(entry, names));
  }

  /** Returns the numbers of an entry's users, which stay theirs whatever they are called later. */
  @Transactional
  public Map<UserId, Long> usersOf(AuditEntry entry, UnaryOperator<UserId> names) {
    return users.numbers(entry.users(), names);
  }

  /** Adds an entry whose users are known by number. */
  @Transactional
  public void append(AuditEntry entry, Map<UserId, Long> numbers) {
    jdbc.prepareStatement(
        """
        insert into coding_plans.audit_entry
               (actor, action, target_kind, target_id, target_user, outcome, correlation_id)
        values (?, ?, ?, ?, ?, ?, ?)""",
        statement -> {
          var target = entry.target();
          statement.setObject(1, numbers.get(entry.actor()), Types.BIGINT);
          statement.setString(2, entry.action());
          statement.setString(3, target.kind());
          statement.setString(4, target.id().orElse(null));
          statement.setObject(5, target.user().map(numbers::get).orElse(null), Types.BIGINT);
          statement.setString(6, entry.outcome());
          statement.setString(7, entry.correlationId());
          return statement.executeUpdate();
        });
  }

  /** Gives a user another name everywhere, as the last that a transaction does. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void rename(UserId user, UserId to) {
    users.rename(user, to);
  }

  /** Returns entries from before the position, newest first; one statement, so one round trip. */
  @Connectable
  public List<StoredAuditEntry> before(AuditFilter filter, long position, int most) {
    var query = new AuditQuery(filter, position);
    return jdbc.prepareStatement(
        query.sql(),
        statement -> {
          query.bind(statement, most);
          statement.setQueryTimeout(MAX_SECONDS);
          return read(statement.executeQuery());
        });
  }

  private static List<StoredAuditEntry> read(ResultSet row) throws SQLException {
    var entries = new ArrayList<StoredAuditEntry>();
    while (row.next()) {
      var target =
          new AuditTarget(
              row.getString("target_kind"),
              Optional.ofNullable(row.getString("target_id")),
              Optional.ofNullable(row.getString("target_user")).map(UserId::new));
      entries.add(
          new StoredAuditEntry(
              row.getLong("id"),
              row.getTimestamp("at").toInstant(),
              new AuditEntry(
                  new UserId(row.getString("actor")),
                  row.getString("action"),
                  target,
                  row.getString("outcome"),
                  row.getString("correlation_id"))));
    }
    return entries;
  }
}
