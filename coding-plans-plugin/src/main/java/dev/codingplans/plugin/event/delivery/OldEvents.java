package dev.codingplans.plugin.event.delivery;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.List;

/** What nobody will be told of any more, a page at a time. Real time, not product time. */
@Singleton
class OldEvents {

  private static final int PAGE = 1_000;

  private final JdbcOperations jdbc;
  private final EventSettings settings;

  OldEvents(JdbcOperations jdbc, EventSettings settings) {
    this.jdbc = jdbc;
    this.settings = settings;
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
}
