package dev.codingplans.plugin.event.delivery;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.List;

/** What is kept no longer, a page at a time. Real time, not product time. */
@Singleton
class OldEvents {

  static final int PAGE = 1_000;

  private final JdbcOperations jdbc;
  private final EventSettings settings;

  OldEvents(JdbcOperations jdbc, EventSettings settings) {
    this.jdbc = jdbc;
    this.settings = settings;
  }

  /**
   * Deletes the old events of the page after the id, with their deliveries, but none that somebody
   * is still to be told of. Ids grow with time, so no index is needed to find the old ones.
   */
  @Transactional
  public Page deleteAfter(long id) {
    return jdbc.prepareStatement(
        """
        with page as (
          select id, recorded_at <= clock_timestamp() - ? * interval '1 millisecond' as old
            from coding_plans.event
           where id > ?
           order by id
           limit ?
        ), gone as (
          delete from coding_plans.event
           using page
           where event.id = page.id and page.old
             and not exists (select
                               from coding_plans.event_delivery pending
                              where pending.event_id = event.id
                                and pending.delivered_at is null and pending.abandoned_at is null)
        )
        select coalesce(max(id), 0), count(*) filter (where old) from page""",
        statement -> {
          statement.setLong(1, settings.retention().toMillis());
          statement.setLong(2, id);
          statement.setInt(3, PAGE);
          var row = statement.executeQuery();
          row.next();
          return new Page(row.getLong(1), row.getInt(2) == PAGE);
        });
  }

  /** Abandons what is too old and waits for a listener that is not known any more. */
  @Transactional
  public int abandonFor(List<String> knownListeners) {
    return jdbc.prepareStatement(
        """
        update coding_plans.event_delivery
           set abandoned_at = clock_timestamp(), last_error = 'nobody listens under this name'
         where id in (select id
                        from coding_plans.event_delivery
                       where delivered_at is null and abandoned_at is null
                         and next_attempt_at <= clock_timestamp()
                         and created_at <= clock_timestamp() - ? * interval '1 millisecond'
                         and listener <> all (?)
                       order by id
                       limit ?
                         for update skip locked)""",
        statement -> {
          statement.setLong(1, settings.abandonAfter().toMillis());
          statement.setArray(
              2, statement.getConnection().createArrayOf("text", knownListeners.toArray()));
          statement.setInt(3, PAGE);
          return statement.executeUpdate();
        });
  }

  /**
   * A page that was looked at.
   *
   * @param more whether all of it was old, so that there may be more
   */
  record Page(long lastId, boolean more) {}
}
