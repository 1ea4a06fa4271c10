package dev.codingplans.plugin.billing;

import dev.codingplans.plugin.database.Columns;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * Remembers the subscriptions that could not be handled, and lets each rest for a while: a minute
 * at first, twice as long after each failure, an hour at most (R4). Real time, not product time.
 */
@Singleton
class BillingFailures {

  private final JdbcOperations jdbc;

  BillingFailures(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /** Notes a failure; the reason holds no row and no secret. */
  @Transactional
  public void note(UUID subscription, String reason) {
    jdbc.prepareStatement(
        """
        insert into coding_plans.billing_failure as failure (subscription_id, attempts, reason, retry_at)
        values (?, 1, ?, clock_timestamp() + interval '1 minute')
            on conflict (subscription_id) do update
           set attempts = failure.attempts + 1, reason = excluded.reason, failed_at = clock_timestamp(),
               retry_at = clock_timestamp()
                          + least(interval '1 minute' * (1 << least(failure.attempts, 6)), interval '1 hour')""",
        statement -> {
          statement.setObject(1, subscription);
          statement.setString(2, reason);
          return statement.executeUpdate();
        });
  }

  /** Forgets the failures of what has been handled now. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void forget(List<UUID> subscriptions) {
    jdbc.prepareStatement(
        "delete from coding_plans.billing_failure where subscription_id = any (?)",
        statement -> {
          Columns.of(subscriptions).uuid(Function.identity()).bind(statement);
          return statement.executeUpdate();
        });
  }
}
