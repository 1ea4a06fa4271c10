package dev.codingplans.plugin.http.pages.operate;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A query of everybody's subscriptions. It has no condition but what is asked for, so that an index
 * serves it.
 */
final class SubscriptionQuery {

  /** The index of folded ids finds all that starts alike. */
  private static final String OF_USERS =
      """
      s.user_id in (select user_id from coding_plans.credit_account
                     where lower(user_id) collate "C" >= lower(?) collate "C"
                       and lower(user_id) collate "C" < (lower(?) || chr(1114111)) collate "C")""";

  private final List<String> conditions = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();

  /** Asks for what is before the position. */
  SubscriptionQuery(SubscriptionFilter filter, long position) {
    and("s.position < ?", position);
    filter
        .id()
        .ifPresentOrElse(
            id -> and("(s.id = ? or s.user_id = ?)", id, id.toString()),
            () -> filter.user().ifPresent(start -> and(OF_USERS, start, start)));
    filter.status().ifPresent(this::andStatus);
    filter.provider().ifPresent(provider -> and("s.provider_id = ?", provider));
    filter.plan().ifPresent(plan -> and("s.plan_id = ?", plan));
  }

  private void andStatus(String status) {
    switch (status) {
      case "canceled" -> and("(s.status = 'canceled' or lapsed.at is not null)");
      case "ending" ->
          and("s.status <> 'canceled' and s.cancel_at_period_end and lapsed.at is null");
      default -> and("s.status = ? and lapsed.at is null", status);
    }
  }

  private void and(String condition, Object... parameters) {
    conditions.add(condition);
    values.addAll(List.of(parameters));
  }

  /** A subscription whose scheduled end has passed reads as ended, swept or not (X7). */
  String sql() {
    return """
      select s.id, s.position, s.user_id, s.plan_id, s.provider_id, s.price_microdollars, s.period_days,
             case when lapsed.at is null then s.status else 'canceled' end as status,
             s.cancel_at_period_end, s.credential_id, s.renewal_at, coalesce(s.grace_ends_at, s.current_period_end) as access_ends_at,
             coalesce(s.canceled_at, lapsed.at) as canceled_at,
             case when lapsed.at is null then s.cancellation_reason else 'user_canceled' end as cancellation_reason
        from coding_plans.subscription s
       cross join (select coding_plans.product_now() as now) clock
        left join lateral (select coding_plans.scheduled_end(s) as at where coding_plans.scheduled_end(s) <= clock.now) lapsed on true
       where %s
       order by s.position desc
       limit ?"""
        .formatted(String.join("\n   and ", conditions));
  }

  void bind(PreparedStatement statement, int most) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(i + 1, values.get(i));
    }
    statement.setInt(values.size() + 1, most);
  }
}
