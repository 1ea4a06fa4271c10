package dev.codingplans.plugin.event.delivery;

import dev.codingplans.gateway.spi.identity.UserId;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;

/** Records what became of attempts, unless another attempt was made since. */
@Singleton
class DeliveryOutcomes {

  private final JdbcOperations jdbc;
  private final EventSettings settings;

  DeliveryOutcomes(JdbcOperations jdbc, EventSettings settings) {
    this.jdbc = jdbc;
    this.settings = settings;
  }

  /** Records that the listener has taken the event. */
  @Transactional
  public void delivered(Delivery delivery) {
    jdbc.prepareStatement(
        """
        update coding_plans.event_delivery
           set delivered_at = clock_timestamp(), last_error = null
         where id = ? and attempts = ? and delivered_at is null and abandoned_at is null""",
        statement -> {
          statement.setLong(1, delivery.id());
          statement.setInt(2, delivery.attempt());
          return statement.executeUpdate();
        });
  }

  /**
   * Records a failure: the delivery rests, twice as long as the last time but for an hour at most,
   * or is abandoned if it is too old. Tells whether it was.
   */
  @Transactional
  public boolean failed(Delivery delivery, String reason) {
    return jdbc.prepareStatement(
        """
        update coding_plans.event_delivery
           set last_error = ?,
               next_attempt_at = clock_timestamp()
                 + least(? * interval '1 millisecond' * power(2, least(attempts - 1, 30)), interval '1 hour')
                   * (0.75 + random() / 2),
               abandoned_at = case
                 when created_at <= clock_timestamp() - ? * interval '1 millisecond' then clock_timestamp()
               end
         where id = ? and attempts = ? and delivered_at is null and abandoned_at is null
        returning abandoned_at is not null""",
        statement -> {
          statement.setString(1, reason);
          statement.setLong(2, settings.backOff().toMillis());
          statement.setLong(3, settings.abandonAfter().toMillis());
          statement.setLong(4, delivery.id());
          statement.setInt(5, delivery.attempt());
          var row = statement.executeQuery();
          return row.next() && row.getBoolean(1);
        });
  }

  /**
   * Makes the user's next delivery due, if there was no attempt yet. After the one before is
   * committed as done, and not filtered by time: so it meets every claim that has put it off.
   */
  @Transactional
  public void wakeNext(String listener, UserId user) {
    jdbc.prepareStatement(
        """
        update coding_plans.event_delivery
           set next_attempt_at = clock_timestamp()
         where id = (select id
                       from coding_plans.event_delivery
                      where listener = ? and user_id = ?
                        and delivered_at is null and abandoned_at is null
                      order by event_id
                      limit 1)
           and attempts = 0 and delivered_at is null and abandoned_at is null""",
        statement -> {
          statement.setString(1, listener);
          statement.setString(2, user.value());
          return statement.executeUpdate();
        });
  }
}
