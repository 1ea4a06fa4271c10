package dev.codingplans.plugin.usage;

import dev.codingplans.gateway.spi.identity.UserId;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** What a user was charged for. */
@Singleton
public class UsageHistory {

  private final JdbcOperations jdbc;

  UsageHistory(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /** Returns records from before a place, the latest first. */
  @Transactional(readOnly = true)
  public List<StoredUsage> listBefore(UserId user, Place before, int most) {
    return jdbc.prepareStatement(
        """
        select position, event_id, category, kind, amount, list_cost_microdollars, multiplier,
               charge_microdollars, uncollected_microdollars, estimated, occurred_at, charged_at
          from coding_plans.usage_record
         where user_id = ? and (occurred_at, position) < (?, ?)
         order by occurred_at desc, position desc
         limit ?""",
        statement -> {
          statement.setString(1, user.value());
          statement.setTimestamp(2, Timestamp.from(before.occurredAt()));
          statement.setLong(3, before.position());
          statement.setInt(4, most);
          var row = statement.executeQuery();
          var listed = new ArrayList<StoredUsage>();
          while (row.next()) {
            listed.add(stored(row));
          }
          return listed;
        });
  }

  /** Sums up each category of each day of UTC, the latest day first. */
  @Transactional(readOnly = true)
  public List<UsageOfDay> sum(UserId user, LocalDate first, LocalDate last) {
    return jdbc.prepareStatement(
        """
        select cast(occurred_at at time zone 'utc' as date) as day, category, count(*) as records,
               sum(list_cost_microdollars) as list_cost, sum(charge_microdollars) as charge,
               sum(uncollected_microdollars) as uncollected
          from coding_plans.usage_record
         where user_id = ? and occurred_at >= ? and occurred_at < ?
         group by day, category
         order by day desc, category""",
        statement -> {
          statement.setString(1, user.value());
          statement.setTimestamp(2, start(first));
          statement.setTimestamp(3, start(last.plusDays(1)));
          var row = statement.executeQuery();
          var days = new ArrayList<UsageOfDay>();
          while (row.next()) {
            days.add(
                new UsageOfDay(
                    row.getObject("day", LocalDate.class),
                    row.getString("category"),
                    row.getLong("records"),
                    row.getLong("list_cost"),
                    row.getLong("charge"),
                    row.getLong("uncollected")));
          }
          return days;
        });
  }

  private static Timestamp start(LocalDate day) {
    return Timestamp.from(day.atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  private static StoredUsage stored(ResultSet row) throws SQLException {
    return new StoredUsage(
        row.getLong("position"),
        row.getString("event_id"),
        row.getString("category"),
        row.getString("kind"),
        row.getBigDecimal("amount"),
        row.getLong("list_cost_microdollars"),
        row.getBigDecimal("multiplier"),
        row.getLong("charge_microdollars"),
        row.getLong("uncollected_microdollars"),
        row.getBoolean("estimated"),
        instant(row, "occurred_at"),
        instant(row, "charged_at"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  /**
   * A place in the list.
   *
   * @param position among those of the same time
   */
  public record Place(Instant occurredAt, long position) {

    /** Before which everything is. */
    public static final Place END =
        new Place(Instant.parse("9999-01-01T00:00:00Z"), Long.MAX_VALUE);
  }
}
