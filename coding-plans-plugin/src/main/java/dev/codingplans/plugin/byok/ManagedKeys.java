package dev.codingplans.plugin.byok;

import dev.codingplans.plugin.database.Columns;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** The keys that come with plans, at the end of these. */
@Singleton
public class ManagedKeys {

  private final JdbcOperations jdbc;

  ManagedKeys(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /** Deletes the keys of the subscriptions, but none that the user has made an own one (X5). */
  @Transactional(propagation = Propagation.MANDATORY)
  public void remove(List<UUID> subscriptions) {
    jdbc.prepareStatement(
        """
        delete from coding_plans.byok_key
         where subscription_id = any (?) and source = 'plan'""",
        statement -> {
          Columns.of(subscriptions).uuid(Function.identity()).bind(statement);
          return statement.executeUpdate();
        });
  }
}
