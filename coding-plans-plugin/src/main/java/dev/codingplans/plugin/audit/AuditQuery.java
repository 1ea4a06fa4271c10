package dev.codingplans.plugin.audit;

import dev.codingplans.gateway.spi.identity.UserId;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A query of the log. It has no condition but what is asked for, so that an index serves it. */
final class AuditQuery {

  private static final String NUMBER = "(select id from coding_plans.audit_user where name = ?)";

  private final List<String> conditions = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();

  /** Asks for what is before the position. */
  AuditQuery(AuditFilter filter, long position) {
    and("entry.id < ?", position);
    filter.actor().ifPresent(user -> and("entry.actor = " + NUMBER, user.value()));
    filter.action().ifPresent(action -> and("entry.action = ?", action));
    filter.target().ifPresent(this::andTarget);
  }

  private void andTarget(AuditTarget target) {
    and("entry.target_kind = ?", target.kind());
    target.id().ifPresent(id -> and("entry.target_id = ?", id));
    target.user().map(UserId::value).ifPresent(it -> and("entry.target_user = " + NUMBER, it));
    if (target.id().isEmpty() && target.user().isEmpty()) {
      conditions.add("entry.target_id is null and entry.target_user is null");
    }
  }

  private void and(String condition, Object value) {
    conditions.add(condition);
    values.add(value);
  }

  String sql() {
    return """
    select entry.id, entry.at, entry.action, entry.target_kind, entry.target_id, entry.outcome, entry.correlation_id,
           (select name from coding_plans.audit_user where audit_user.id = entry.actor) as actor,
           (select name from coding_plans.audit_user where audit_user.id = entry.target_user) as target_user
      from coding_plans.audit_entry entry
     where %s
     order by entry.id desc
     limit ?"""
        .formatted(String.join(" and ", conditions));
  }

  void bind(PreparedStatement statement, int most) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(i + 1, values.get(i));
    }
    statement.setInt(values.size() + 1, most);
  }
}
