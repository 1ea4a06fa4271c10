package dev.codingplans.plugin.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.codingplans.gateway.spi.identity.UserId;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;

/** Takes events in the transaction that causes them: no commit, no event. */
@Singleton
public class Outbox {

  private final OutboxRepository repository;
  private final ObjectMapper json;

  Outbox(OutboxRepository repository, ObjectMapper json) {
    this.repository = repository;
    this.json = json;
  }

  @Transactional(propagation = Propagation.MANDATORY)
  public void append(LifecycleEvent event, Instant at) {
    try {
      repository.append(
          event.user().map(UserId::value).orElse(null),
          event.type(),
          json.writeValueAsString(event),
          at);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an event is always JSON: " + event.type(), e);
    }
  }
}
