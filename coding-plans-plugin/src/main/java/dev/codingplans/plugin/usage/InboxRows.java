package dev.codingplans.plugin.usage;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.gateway.spi.usage.UsageRecord.Kind;
import dev.codingplans.plugin.database.Columns;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What is accepted and not charged yet. */
@Singleton
class InboxRows {

  private final JdbcOperations jdbc;

  InboxRows(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /** Notes the events that are not known yet, and returns which those were. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Set<String> addKeys(List<Arrival> arrivals) {
    return jdbc.prepareStatement(
        """
        insert into coding_plans.usage_key (event_id)
        select event_id
          from unnest(?) with ordinality as arrivals (event_id, number)
         order by number
            on conflict do nothing
        returning event_id""",
        statement -> {
          Columns.of(arrivals).text(Arrival::eventId).bind(statement);
          var row = statement.executeQuery();
          var added = HashSet.<String>newHashSet(arrivals.size());
          while (row.next()) {
            added.add(row.getString(1));
          }
          return added;
        });
  }

  @Transactional(propagation = Propagation.MANDATORY)
  public void add(List<Arrival> arrivals) {
    if (arrivals.isEmpty()) {
      return;
    }
    jdbc.prepareStatement(
        """
        insert into coding_plans.usage_inbox
               (event_id, user_id, category, kind, amount, list_cost_microdollars, occurred_at, estimated, lease_id)
        select event_id, user_id, category, kind, amount, list_cost, occurred_at, estimated, lease_id
          from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?) with ordinality
            as arrivals (event_id, user_id, category, kind, amount, list_cost, occurred_at, estimated, lease_id, number)
         order by number""",
        statement -> {
          Columns.of(arrivals)
              .text(Arrival::eventId)
              .text(arrival -> arrival.usage().user().value())
              .text(arrival -> arrival.usage().category())
              .text(arrival -> code(arrival.usage().kind()))
              .numeric(arrival -> arrival.usage().amount())
              .bigint(arrival -> arrival.usage().listCostMicrodollars())
              // Cut, not rounded: no record moves over a boundary.
              .timestamp(arrival -> arrival.usage().occurredAt().truncatedTo(ChronoUnit.MICROS))
              .truth(arrival -> arrival.usage().estimated())
              .optionalUuid(Arrival::lease)
              .bind(statement);
          return statement.executeUpdate();
        });
  }

  /**
   * Returns a position up to which records have been accepted by now. Of the sequence: to look for
   * the last row is to pass those that were taken.
   */
  @Transactional(readOnly = true)
  public long lastPosition() {
    return jdbc.prepareStatement(
        """
        select case when is_called then last_value else 0 end
          from coding_plans.usage_inbox_position_seq""",
        statement -> {
          var row = statement.executeQuery();
          row.next();
          return row.getLong(1);
        });
  }

  /** Returns how many records wait, up to a bound beyond which it makes no difference. */
  @Transactional(readOnly = true)
  public long countWaiting() {
    return jdbc.prepareStatement(
        """
        select count(*)
          from (select from coding_plans.usage_inbox limit 100000) waiting""",
        statement -> {
          var row = statement.executeQuery();
          row.next();
          return row.getLong(1);
        });
  }

  /**
   * Returns whose records wait after one position and up to another, the oldest first, but those of
   * parked accounts: they stay.
   */
  @Transactional(readOnly = true)
  public List<Waiting> readBetween(long after, long last, int most) {
    return jdbc.prepareStatement(
        """
        select inbox.position, inbox.user_id
          from coding_plans.usage_inbox inbox
         where inbox.position > ? and inbox.position <= ?
           and not exists (select from coding_plans.credit_account account
                            where account.user_id = inbox.user_id and account.parked_at is not null)
         order by inbox.position
         limit ?""",
        statement -> {
          statement.setLong(1, after);
          statement.setLong(2, last);
          statement.setInt(3, most);
          var row = statement.executeQuery();
          var waiting = new ArrayList<Waiting>();
          while (row.next()) {
            waiting.add(new Waiting(row.getLong(1), new UserId(row.getString(2))));
          }
          return waiting;
        });
  }

  /** Takes what waits between the positions of users whose accounts are locked; once. */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<DueUsage> take(List<UserId> users, long from, long to) {
    return jdbc.prepareStatement(
        """
        with taken as (
          delete from coding_plans.usage_inbox
           where position between ? and ? and user_id = any (?)
          returning *)
        select taken.position, taken.event_id, taken.user_id, taken.category, taken.kind, taken.amount,
               taken.list_cost_microdollars, taken.occurred_at, taken.estimated, taken.lease_id, account.first_paid_at
          from taken
          join coding_plans.credit_account account on account.user_id = taken.user_id
         order by taken.position""",
        statement -> {
          statement.setLong(1, from);
          statement.setLong(2, to);
          Columns.of(users).text(UserId::value).bind(statement, 3);
          var row = statement.executeQuery();
          var due = new ArrayList<DueUsage>();
          while (row.next()) {
            due.add(due(row));
          }
          return due;
        });
  }

  /** Gives what waits of a user another name. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void rename(UserId user, UserId to) {
    jdbc.prepareStatement(
        "update coding_plans.usage_inbox set user_id = ? where user_id = ?",
        statement -> {
          statement.setString(1, to.value());
          statement.setString(2, user.value());
          return statement.executeUpdate();
        });
  }

  static String code(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static DueUsage due(ResultSet row) throws SQLException {
    return new DueUsage(
        row.getString("event_id"),
        new UserId(row.getString("user_id")),
        row.getString("category"),
        row.getString("kind"),
        row.getBigDecimal("amount"),
        row.getLong("list_cost_microdollars"),
        row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
        row.getBoolean("estimated"),
        Optional.ofNullable(row.getObject("lease_id", UUID.class)),
        Optional.ofNullable(row.getObject("first_paid_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant));
  }

  /** That a record of a user waits. */
  record Waiting(long position, UserId user) {}
}
