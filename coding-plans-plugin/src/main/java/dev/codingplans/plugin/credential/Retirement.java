package dev.codingplans.plugin.credential;

import dev.codingplans.plugin.database.Columns;
import dev.codingplans.plugin.event.LifecycleEvent;
import dev.codingplans.plugin.event.LifecycleEvent.CredentialRevocationPending;
import dev.codingplans.plugin.event.Outbox;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Takes credentials out of use for good: their text goes at once, and revocation is asked for. */
@Singleton
public class Retirement {

  private final JdbcOperations jdbc;
  private final Outbox outbox;

  Retirement(JdbcOperations jdbc, Outbox outbox) {
    this.jdbc = jdbc;
    this.outbox = outbox;
  }

  /** Retires those that are assigned; the caller holds the locks of their users' accounts. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void retire(List<Retired> credentials, Instant now) {
    var retired = retireAssigned(credentials, now);
    outbox.appendAll(
        credentials.stream()
            .filter(credential -> retired.contains(credential.id()))
            .map(Retired::toEvent)
            .toList(),
        now);
  }

  private Set<UUID> retireAssigned(List<Retired> credentials, Instant now) {
    return jdbc.prepareStatement(
        """
        update coding_plans.credential
           set status = 'revocation_pending', ciphertext = null,
               revocation_requested_at = ?, access_ended_at = retired.access_ended_at
          from unnest(?, ?) as retired (id, access_ended_at)
         where credential.id = retired.id and credential.status = 'assigned'
        returning credential.id""",
        statement -> {
          statement.setTimestamp(1, Timestamp.from(now));
          Columns.of(credentials)
              .uuid(Retired::id)
              .timestamp(Retired::accessEndedAt)
              .bind(statement, 2);
          var result = statement.executeQuery();
          var ids = new HashSet<UUID>();
          while (result.next()) {
            ids.add(result.getObject(1, UUID.class));
          }
          return ids;
        });
  }

  /** A credential that nobody uses any more. */
  public record Retired(UUID id, String planId, String providerId, Instant accessEndedAt) {

    LifecycleEvent toEvent() {
      return new CredentialRevocationPending(id, planId, providerId);
    }
  }
}
