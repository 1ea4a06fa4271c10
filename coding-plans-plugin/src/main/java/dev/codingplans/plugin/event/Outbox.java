package dev.codingplans.plugin.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.database.Columns;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;

/** Takes events in the transaction that causes them: no commit, no event. */
@Singleton
public class Outbox {

  private final JdbcOperations jdbc;
  private final ObjectMapper json;

  Outbox(JdbcOperations jdbc, ObjectMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  @Transactional(propagation = Propagation.MANDATORY)
  public void append(LifecycleEvent event, Instant at) {
    appendAll(List.of(event), at);
  }

  /** Appends the events in this order. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void appendAll(List<LifecycleEvent> events, Instant at) {
    if (events.isEmpty()) {
      return;
    }
    jdbc.prepareStatement(
        """
        insert into coding_plans.event (user_id, type, payload, occurred_at)
        select user_id, type, cast(payload as jsonb), ?
          from unnest(?, ?, ?) with ordinality as events (user_id, type, payload, number)
         order by number""",
        statement -> {
          statement.setTimestamp(1, Timestamp.from(at));
          Columns.of(events)
              .optionalText(event -> event.user().map(UserId::value))
              .text(LifecycleEvent::type)
              .text(this::payload)
              .bind(statement, 2);
          return statement.executeUpdate();
        });
  }

  private String payload(LifecycleEvent event) {
    try {
      return json.writeValueAsString(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an event is always JSON: " + event.type(), e);
    }
  }
}
