package dev.codingplans.gateway.spi.lifecycle;

import dev.codingplans.gateway.spi.identity.UserId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that happened to a user or to the operator's stock. Types grow with every minor version
 * of a plugin, so a listener ignores those that it does not know; so do the fields of a payload.
 *
 * @param id stands for this event, also when it is told again
 * @param type its name, for example {@code subscription.renewed}
 * @param user whose event it is; empty for one that concerns no user
 * @param occurredAt when it happened, in product time
 * @param payload what there is to know about it, the text of a JSON object; it holds no key and no
 *     secret
 */
public record LifecycleEvent(
    String id, String type, Optional<UserId> user, Instant occurredAt, String payload) {

  /** Refuses what is missing. */
  public LifecycleEvent {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(occurredAt, "occurredAt");
    Objects.requireNonNull(payload, "payload");
  }
}
