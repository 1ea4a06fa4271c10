package dev.codingplans.plugin.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.database.Columns;
import io.micronaut.context.event.ApplicationEventPublisher;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;

/**
 * Takes events, and queues them for those who listen, in the transaction that causes them: no
 * commit, no event.
 */
@Singleton
public class Outbox {

  private final JdbcOperations jdbc;
  private final ObjectMapper json;
  private final Audience audience;
  private final ApplicationEventPublisher<EventsAppended> appended;

  Outbox(
      JdbcOperations jdbc,
      ObjectMapper json,
      Audience audience,
      ApplicationEventPublisher<EventsAppended> appended) {
    this.jdbc = jdbc;
    this.json = json;
    this.audience = audience;
    this.appended = appended;
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
    var wanted = wanted(events);
    jdbc.prepareStatement(
        """
        with appended as (
          insert into coding_plans.event (user_id, type, payload, occurred_at)
          select user_id, type, cast(payload as jsonb), ?
            from unnest(?, ?, ?) with ordinality as events (user_id, type, payload, number)
           order by number
          returning id, user_id, type
        )
        insert into coding_plans.event_delivery (listener, event_id, user_id)
        select wanted.listener, appended.id, appended.user_id
          from appended
          join unnest(?, ?) as wanted (listener, type) using (type)
         order by appended.id""",
        statement -> {
          statement.setTimestamp(1, Timestamp.from(at));
          Columns.of(events)
              .optionalText(event -> event.user().map(UserId::value))
              .text(LifecycleEvent::type)
              .text(this::payload)
              .bind(statement, 2);
          Columns.of(wanted).text(Wanted::listener).text(Wanted::type).bind(statement, 5);
          return statement.executeUpdate();
        });
    if (!wanted.isEmpty()) {
      appended.publishEvent(new EventsAppended());
    }
  }

  private List<Wanted> wanted(List<LifecycleEvent> events) {
    return events.stream()
        .map(LifecycleEvent::type)
        .distinct()
        .flatMap(type -> audience.of(type).stream().map(name -> new Wanted(name, type)))
        .toList();
  }

  private String payload(LifecycleEvent event) {
    try {
      return json.writeValueAsString(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an event is always JSON: " + event.type(), e);
    }
  }

  /** That a listener is to be told of events of the type. */
  private record Wanted(String listener, String type) {}
}
