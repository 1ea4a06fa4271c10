package dev.codingplans.plugin.http.admin;

import dev.codingplans.plugin.event.delivery.DeliveryList;
import dev.codingplans.plugin.event.delivery.DeliveryState;
import dev.codingplans.plugin.event.delivery.StoredDelivery;
import dev.codingplans.plugin.http.Page;
import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows whether listeners and webhooks get their events. */
@Controller("/admin/api/events")
@ExecuteOn(TaskExecutors.BLOCKING)
class DeliveriesController {

  private final DeliveryList deliveries;

  DeliveriesController(DeliveryList deliveries) {
    this.deliveries = deliveries;
  }

  /** Lists the events that listeners were or are to be told of, newest first. */
  @Get("/deliveries")
  Page<DeliveryView> list(
      @Nullable @QueryValue String listener,
      @Nullable @QueryValue String state,
      @Nullable @QueryValue String cursor,
      @QueryValue(defaultValue = "25") @Min(1) @Max(100) int limit) {
    var rows =
        deliveries.before(
            Optional.ofNullable(listener),
            Optional.ofNullable(state).map(DeliveriesController::state),
            Page.positionBefore(cursor),
            limit + 1);
    return Page.of(rows, limit, StoredDelivery::id, DeliveryView::of);
  }

  private static DeliveryState state(String code) {
    return DeliveryState.parse(code)
        .orElseThrow(() -> Refusal.invalid("state", "it is none that a delivery can have"));
  }

  /**
   * An event for a listener.
   *
   * @param nextAttemptAt in real time, as all times here; absent when there is none
   */
  record DeliveryView(
      String id,
      String listener,
      String eventId,
      String type,
      @Nullable String userId,
      String state,
      int attempts,
      @Nullable String lastError,
      @Nullable Instant nextAttemptAt,
      Instant createdAt,
      @Nullable Instant deliveredAt,
      @Nullable Instant abandonedAt) {

    static DeliveryView of(StoredDelivery delivery) {
      return new DeliveryView(
          Long.toString(delivery.id()),
          delivery.listener(),
          Long.toString(delivery.eventId()),
          delivery.type(),
          delivery.userId().orElse(null),
          delivery.state().code(),
          delivery.attempts(),
          delivery.lastError().orElse(null),
          delivery.state() == DeliveryState.PENDING ? delivery.nextAttemptAt() : null,
          delivery.createdAt(),
          delivery.deliveredAt().orElse(null),
          delivery.abandonedAt().orElse(null));
    }
  }
}
