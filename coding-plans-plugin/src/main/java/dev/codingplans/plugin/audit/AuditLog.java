package dev.codingplans.plugin.audit;

import dev.codingplans.gateway.spi.identity.UserId;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What admins did (F3). Entries are added and never changed but for the names of the deleted. */
@Singleton
public class AuditLog {

  private final JdbcOperations jdbc;

  AuditLog(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /** Adds an entry, in the transaction of what it tells of if there is one. */
  @Transactional
  public void append(AuditEntry entry) {
    jdbc.prepareStatement(
        """
        insert into coding_plans.audit_entry
               (actor, action, target_kind, target_id, target_user, outcome, correlation_id)
        values (?, ?, ?, ?, ?, ?, ?)""",
        statement -> {
          var target = entry.target();
          statement.setString(1, entry.actor().value());
          statement.setString(2, entry.action());
          statement.setString(3, target.kind());
          statement.setString(4, target.id().orElse(null));
          statement.setString(5, target.user().map(UserId::value).orElse(null));
          statement.setString(6, entry.outcome());
          statement.setString(7, entry.correlationId());
          return statement.executeUpdate();
        });
  }

  /** Gives a user another name everywhere; entries are locked in one order. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void rename(UserId user, UserId to) {
    jdbc.prepareStatement(
        """
        with theirs as materialized (
          select id, at from coding_plans.audit_entry
           where actor = ? or target_user = ?
           order by id
             for no key update
        )
        update coding_plans.audit_entry
           set actor = case actor when ? then ? else actor end,
               target_user = case target_user when ? then ? else target_user end
          from theirs
         where audit_entry.id = theirs.id and audit_entry.at = theirs.at""",
        statement -> {
          for (int i : new int[] {1, 2, 3, 5}) {
            statement.setString(i, user.value());
          }
          statement.setString(4, to.value());
          statement.setString(6, to.value());
          return statement.executeUpdate();
        });
  }

  /** Returns entries from before the position, newest first. */
  @Transactional(readOnly = true)
  public List<StoredAuditEntry> before(AuditFilter filter, long position, int most) {
    return jdbc.prepareStatement(
        """
        select * from coding_plans.audit_entry
         where id < ? and (cast(? as text) is null or actor = ?)
           and (cast(? as text) is null or action = ?)
           and (cast(? as text) is null
                or target_kind = ? and target_id is not distinct from ? and target_user is not distinct from ?)
         order by id desc
         limit ?""",
        statement -> {
          var actor = filter.actor().map(UserId::value).orElse(null);
          var action = filter.action().orElse(null);
          var kind = filter.target().map(AuditTarget::kind).orElse(null);
          statement.setLong(1, position);
          statement.setString(2, actor);
          statement.setString(3, actor);
          statement.setString(4, action);
          statement.setString(5, action);
          statement.setString(6, kind);
          statement.setString(7, kind);
          statement.setString(8, filter.target().flatMap(AuditTarget::id).orElse(null));
          statement.setString(
              9, filter.target().flatMap(AuditTarget::user).map(UserId::value).orElse(null));
          statement.setInt(10, most);
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
