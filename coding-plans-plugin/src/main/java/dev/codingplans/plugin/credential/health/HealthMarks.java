package dev.codingplans.plugin.credential.health;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.plugin.credential.Health;
import dev.codingplans.plugin.database.Columns;
import dev.codingplans.plugin.event.LifecycleEvent;
import dev.codingplans.plugin.event.LifecycleEvent.CredentialRecovered;
import dev.codingplans.plugin.event.LifecycleEvent.CredentialUnhealthy;
import dev.codingplans.plugin.event.Outbox;
import dev.codingplans.plugin.time.TimeSource;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Writes down what is known of the health of credentials that serve somebody. */
@Singleton
class HealthMarks {

  private final JdbcOperations jdbc;
  private final Outbox outbox;
  private final TimeSource time;

  HealthMarks(JdbcOperations jdbc, Outbox outbox, TimeSource time) {
    this.jdbc = jdbc;
    this.outbox = outbox;
    this.time = time;
  }

  /**
   * Marks the credential if it serves somebody and is marked as one of those; returns what changed.
   */
  @Transactional
  public Optional<Change> mark(UUID credential, Set<Health> from, Health to) {
    var now = time.now();
    var change = write(credential, from, to, now);
    change.flatMap(Change::toEvent).ifPresent(event -> outbox.append(event, now));
    return change;
  }

  private Optional<Change> write(UUID credential, Set<Health> from, Health to, Instant now) {
    return jdbc.prepareStatement(
        """
        with before as (
          select id, health from coding_plans.credential
           where id = ? and status = 'assigned' and health = any (?)
             for update
        )
        update coding_plans.credential
           set health = ?,
               unhealthy_since = case when ? then null else coalesce(unhealthy_since, ?) end
          from before
         where credential.id = before.id
        returning credential.plan_id, credential.provider_id, before.health""",
        statement -> {
          statement.setObject(1, credential);
          Columns.of(List.copyOf(from)).text(Health::code).bind(statement, 2);
          statement.setString(3, to.code());
          statement.setBoolean(4, to == Health.HEALTHY);
          statement.setTimestamp(5, Timestamp.from(now));
          try (var row = statement.executeQuery()) {
            return row.next()
                ? Optional.of(
                    new Change(
                        credential,
                        new PlanId(row.getString(1)),
                        new ProviderId(row.getString(2)),
                        Health.parse(row.getString(3)).orElseThrow(),
                        to))
                : Optional.empty();
          }
        });
  }

  /** Returns the credential that serves somebody with this key; empty if none does. */
  @Transactional(readOnly = true)
  public Optional<UUID> findAssigned(byte[] fingerprint) {
    return jdbc.prepareStatement(
        """
        select id from coding_plans.credential
         where fingerprint = ? and status = 'assigned'""",
        statement -> {
          statement.setBytes(1, fingerprint);
          try (var row = statement.executeQuery()) {
            return row.next() ? Optional.of(row.getObject(1, UUID.class)) : Optional.empty();
          }
        });
  }

  /** Counts the credentials that serve somebody. */
  @Transactional(readOnly = true)
  public Map<Health, Long> countAssigned() {
    return jdbc.prepareStatement(
        """
        select health, count(*) from coding_plans.credential
         where status = 'assigned'
         group by health""",
        statement -> {
          var counts = new HashMap<Health, Long>();
          try (var row = statement.executeQuery()) {
            while (row.next()) {
              counts.put(Health.parse(row.getString(1)).orElseThrow(), row.getLong(2));
            }
          }
          return counts;
        });
  }

  /** What became known of a credential. */
  record Change(UUID credential, PlanId plan, ProviderId provider, Health before, Health after) {

    boolean isLoss() {
      return before == Health.HEALTHY;
    }

    /** From one fault to another there is nothing new to do for anybody. */
    Optional<LifecycleEvent> toEvent() {
      if (isLoss()) {
        return Optional.of(
            new CredentialUnhealthy(credential, plan.value(), provider.value(), after.code()));
      }
      return after == Health.HEALTHY
          ? Optional.of(new CredentialRecovered(credential, plan.value(), provider.value()))
          : Optional.empty();
    }
  }
}
