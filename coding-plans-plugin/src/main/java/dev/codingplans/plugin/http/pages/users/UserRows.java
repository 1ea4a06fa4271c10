package dev.codingplans.plugin.http.pages.users;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.codingplans.plugin.credit.DeletedName;
import dev.codingplans.plugin.http.pages.users.ListedUser.Quota;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Users with all that the list shows of them, in one statement and so one round trip. They are
 * found, and come in the order, that {@code account.UserSearch} has.
 */
@Singleton
class UserRows {

  private static final Duration MOST = Duration.ofSeconds(2);
  private static final String LAST_CHARACTER = Character.toString(Character.MAX_CODE_POINT);
  private static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule());

  /** A range of the index; it reads no more of it than are shown. */
  private static final String STARTING =
      """
      (select user_id, false as is_within
         from coding_plans.credit_account
        where (lower(user_id) collate "C", user_id collate "C")
              > (lower(cast(? as text)) collate "C", cast(? as text) collate "C")
          and lower(user_id) collate "C" < (lower(cast(? as text)) || cast(? as text)) collate "C"
          and user_id !~\s"""
          + DeletedName.PATTERN
          + """

        order by lower(user_id) collate "C", user_id collate "C"
        limit ?)
      """;

  /** Looks at all users, if need be. Nothing is not looked for within anything. */
  private static final String WITHIN =
      """
      (select user_id, true as is_within
         from coding_plans.credit_account
        where (lower(user_id) collate "C", user_id collate "C")
              > (lower(cast(? as text)) collate "C", cast(? as text) collate "C")
          and strpos(lower(user_id), lower(cast(? as text))) > 1
          and cast(? as text) <> ''
          and user_id !~\s"""
          + DeletedName.PATTERN
          + """

        order by lower(user_id) collate "C", user_id collate "C"
        limit ?)
      """;

  /** The second half is asked only if the first has fewer than the limit. */
  private static final String SHOWN =
      """
      select account.user_id, found.is_within, account.balance_microdollars, account.first_paid_at,
             account.last_active_at, clock.now,
             (select count(*) from coding_plans.subscription s
               where s.user_id = account.user_id and s.status in ('active', 'past_due')
                 and coalesce(coding_plans.scheduled_end(s) > clock.now, true)) as live_subscriptions,
             (select json_agg(json_build_object('planId', a.plan_id, 'used', a.units_used, 'total', a.units_total,
                                                'periodEnd', a.period_end) order by a.unit)
                from coding_plans.allowance a
               where a.user_id = account.user_id and a.period_end > clock.now) as quotas
        from (%s
              limit ?) found
       cross join lateral (select user_id, balance_microdollars, first_paid_at, last_active_at
                             from coding_plans.credit_account whole
                            where whole.user_id = found.user_id
                           offset 0) account
       cross join (select coding_plans.product_now() as now) clock
       order by found.is_within, lower(account.user_id) collate "C", account.user_id collate "C\"""";

  private static final String STARTING_THEN_WITHIN =
      SHOWN.formatted(STARTING + " union all " + WITHIN);
  private static final String ONLY_WITHIN = SHOWN.formatted("select * from " + WITHIN + " within");

  private final JdbcOperations jdbc;

  UserRows(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Returns those whose id starts with the part, then those that have it within.
   *
   * @param after the id of the row before, empty on the first page
   * @param isSearchedWithin whether to look for the second kind at all
   */
  @Connectable
  List<ListedUser> startingWith(String part, String after, boolean isSearchedWithin, int most) {
    return jdbc.prepareStatement(
        STARTING_THEN_WITHIN,
        statement -> {
          statement.setQueryTimeout(Math.toIntExact(MOST.toSeconds()));
          statement.setString(1, after.isEmpty() ? part : after);
          statement.setString(2, after);
          statement.setString(3, part);
          statement.setString(4, LAST_CHARACTER);
          statement.setInt(5, most);
          statement.setString(6, "");
          statement.setString(7, "");
          statement.setString(8, part);
          statement.setString(9, isSearchedWithin ? part : "");
          statement.setInt(10, most);
          statement.setInt(11, most);
          return read(statement.executeQuery());
        });
  }

  /** Returns those that have the part within, from after a row of theirs. */
  @Connectable
  List<ListedUser> containing(String part, String after, int most) {
    return jdbc.prepareStatement(
        ONLY_WITHIN,
        statement -> {
          statement.setQueryTimeout(Math.toIntExact(MOST.toSeconds()));
          statement.setString(1, after);
          statement.setString(2, after);
          statement.setString(3, part);
          statement.setString(4, part);
          statement.setInt(5, most);
          statement.setInt(6, most);
          return read(statement.executeQuery());
        });
  }

  private static List<ListedUser> read(ResultSet rows) throws SQLException {
    var users = new ArrayList<ListedUser>();
    while (rows.next()) {
      users.add(
          new ListedUser(
              rows.getString("user_id"),
              rows.getBoolean("is_within"),
              rows.getLong("balance_microdollars"),
              instant(rows, "first_paid_at"),
              instant(rows, "last_active_at"),
              rows.getLong("live_subscriptions"),
              quotas(rows.getString("quotas")),
              rows.getTimestamp("now").toInstant()));
    }
    return users;
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
  }

  private static List<Quota> quotas(@Nullable String json) {
    try {
      return json == null ? List.of() : List.of(JSON.readValue(json, Quota[].class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the database writes JSON", e);
    }
  }
}
