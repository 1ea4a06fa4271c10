package dev.codingplans.plugin.event.delivery;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is in the queues, for those who look after them. */
@Singleton
public class DeliveryList {

  private static final int MOST_COUNTED = 100_000;

  private final JdbcOperations jdbc;

  DeliveryList(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /** Returns deliveries from before the position, newest first. */
  @Transactional(readOnly = true)
  public List<StoredDelivery> before(
      Optional<String> listener, Optional<DeliveryState> state, long position, int most) {
    // The state is part of the text, so that its index is used.
    return jdbc.prepareStatement(
        """
        select delivery.*, event.type
          from coding_plans.event_delivery delivery
          join coding_plans.event on event.id = delivery.event_id
         where (cast(? as text) is null or delivery.listener = ?)
           and %s
           and delivery.id < ?
         order by delivery.id desc
         limit ?"""
            .formatted(state.map(DeliveryState::condition).orElse("true")),
        statement -> {
          statement.setString(1, listener.orElse(null));
          statement.setString(2, listener.orElse(null));
          statement.setLong(3, position);
          statement.setInt(4, most);
          return read(statement.executeQuery());
        });
  }

  /** Returns what waits for the listener; it does not count further than {@link #MOST_COUNTED}. */
  @Transactional(readOnly = true)
  public Backlog backlogOf(String listener) {
    return jdbc.prepareStatement(
        """
        select count(*), coalesce(cast(extract(epoch from clock_timestamp() - min(created_at)) as bigint), 0)
          from (select created_at
                  from coding_plans.event_delivery
                 where listener = ? and delivered_at is null and abandoned_at is null
                 order by id
                 limit ?) oldest""",
        statement -> {
          statement.setString(1, listener);
          statement.setInt(2, MOST_COUNTED);
          var row = statement.executeQuery();
          row.next();
          return new Backlog(row.getLong(1), row.getLong(2));
        });
  }

  private static List<StoredDelivery> read(ResultSet rows) throws SQLException {
    var deliveries = new ArrayList<StoredDelivery>();
    while (rows.next()) {
      deliveries.add(
          new StoredDelivery(
              rows.getLong("id"),
              rows.getString("listener"),
              rows.getLong("event_id"),
              rows.getString("type"),
              Optional.ofNullable(rows.getString("user_id")),
              rows.getInt("attempts"),
              Optional.ofNullable(rows.getString("last_error")),
              rows.getTimestamp("next_attempt_at").toInstant(),
              rows.getTimestamp("created_at").toInstant(),
              instant(rows, "delivered_at"),
              instant(rows, "abandoned_at")));
    }
    return deliveries;
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
  }

  /** How much waits, and for how long the oldest of it does. */
  record Backlog(long pending, long oldestAgeSeconds) {

    static final Backlog NONE = new Backlog(0, 0);
  }
}
