package dev.codingplans.plugin.event.delivery;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.gateway.spi.lifecycle.LifecycleEvent;
import dev.codingplans.plugin.database.Columns;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * The queue of each listener. A delivery is due at {@code next_attempt_at}; a claim moves that to
 * the end of its lease, so what a dead node has claimed is due again by itself. A claim counts the
 * attempt, and only who made the newest attempt records what became of it ({@link
 * DeliveryOutcomes}).
 *
 * <p>Events of one user go one after another: a delivery that is due while an earlier one of its
 * user is not done is put off until that one is due, and woken when it is done. Events without a
 * user are in no order.
 */
@Singleton
class DeliveryQueue {

  /** Longer than an attempt may take. */
  static final Duration LEASE = Duration.ofSeconds(20);

  private static final int MOST_LOOKED_AT = 32;

  private final JdbcOperations jdbc;

  DeliveryQueue(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /** Claims what is due, at most as many as given. */
  @Transactional
  public Claim claim(String listener, int most) {
    var due = lockDue(listener);
    if (due.isEmpty()) {
      return Claim.NOTHING;
    }
    // After the lock and with a snapshot of its own: who is done meanwhile wakes the next.
    var waiting = new HashSet<>(putOffWaiting(due));
    var free = due.stream().filter(id -> !waiting.contains(id)).limit(most).toList();
    return new Claim(free.isEmpty() ? List.of() : lease(free), due.size() == MOST_LOOKED_AT);
  }

  private List<Long> lockDue(String listener) {
    return jdbc.prepareStatement(
        """
        select id
          from coding_plans.event_delivery
         where listener = ?
           and delivered_at is null and abandoned_at is null
           and next_attempt_at <= clock_timestamp()
         order by next_attempt_at, event_id
         limit ?
           for update skip locked""",
        statement -> {
          statement.setString(1, listener);
          statement.setInt(2, MOST_LOOKED_AT);
          return ids(statement.executeQuery());
        });
  }

  private List<Long> putOffWaiting(List<Long> due) {
    return jdbc.prepareStatement(
        """
        update coding_plans.event_delivery waiting
           set next_attempt_at = greatest(first.next_attempt_at, clock_timestamp() + interval '1 second')
          from unnest(?) as due (id)
          join coding_plans.event_delivery looked_at using (id)
         cross join lateral (
               select earlier.next_attempt_at
                 from coding_plans.event_delivery earlier
                where earlier.listener = looked_at.listener
                  and earlier.user_id = looked_at.user_id
                  and earlier.event_id < looked_at.event_id
                  and earlier.delivered_at is null and earlier.abandoned_at is null
                order by earlier.event_id
                limit 1) first
         where waiting.id = due.id
        returning waiting.id""",
        statement -> {
          Columns.of(due).bigint(id -> id).bind(statement);
          return ids(statement.executeQuery());
        });
  }

  private List<Delivery> lease(List<Long> free) {
    return jdbc.prepareStatement(
        """
        update coding_plans.event_delivery delivery
           set attempts = attempts + 1,
               next_attempt_at = clock_timestamp() + ? * interval '1 millisecond'
          from coding_plans.event
         where delivery.id = any (?) and event.id = delivery.event_id
        returning delivery.id, delivery.attempts, clock_timestamp() as attempted_at,
                  event.id as event_id, event.type, event.user_id, event.occurred_at, event.payload""",
        statement -> {
          statement.setLong(1, LEASE.toMillis());
          Columns.of(free).bigint(id -> id).bind(statement, 2);
          return deliveries(statement.executeQuery());
        });
  }

  private static List<Long> ids(ResultSet rows) throws SQLException {
    var ids = new ArrayList<Long>();
    while (rows.next()) {
      ids.add(rows.getLong(1));
    }
    return ids;
  }

  private static List<Delivery> deliveries(ResultSet rows) throws SQLException {
    var deliveries = new ArrayList<Delivery>();
    while (rows.next()) {
      deliveries.add(
          new Delivery(
              rows.getLong("id"),
              rows.getInt("attempts"),
              rows.getTimestamp("attempted_at").toInstant(),
              new LifecycleEvent(
                  rows.getString("event_id"),
                  rows.getString("type"),
                  Optional.ofNullable(rows.getString("user_id")).map(UserId::new),
                  rows.getTimestamp("occurred_at").toInstant(),
                  rows.getString("payload"))));
    }
    return deliveries;
  }

  /**
   * What a node may deliver now.
   *
   * @param more whether there may be more that is due
   */
  record Claim(List<Delivery> deliveries, boolean more) {

    static final Claim NOTHING = new Claim(List.of(), false);
  }
}
