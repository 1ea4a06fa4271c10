package dev.codingplans.plugin.event.delivery;

import java.time.Instant;
import java.util.Optional;

/**
 * A delivery as an admin sees it.
 *
 * @param nextAttemptAt when it is looked at again; an attempt under way has until then
 */
public record StoredDelivery(
    long id,
    String listener,
    long eventId,
    String type,
    Optional<String> userId,
    int attempts,
    Optional<String> lastError,
    Instant nextAttemptAt,
    Instant createdAt,
    Optional<Instant> deliveredAt,
    Optional<Instant> abandonedAt) {

  public DeliveryState state() {
    if (deliveredAt.isPresent()) {
      return DeliveryState.DELIVERED;
    }
    return abandonedAt.isPresent() ? DeliveryState.ABANDONED : DeliveryState.PENDING;
  }
}
