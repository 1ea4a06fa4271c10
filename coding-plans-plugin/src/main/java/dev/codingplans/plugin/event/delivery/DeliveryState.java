package dev.codingplans.plugin.event.delivery;

import java.util.Optional;
import java.util.stream.Stream;

/** What became of a delivery. */
public enum DeliveryState {
  PENDING("pending", "delivery.delivered_at is null and delivery.abandoned_at is null"),
  DELIVERED("delivered", "delivery.delivered_at is not null"),
  ABANDONED("abandoned", "delivery.abandoned_at is not null");

  private final String code;
  private final String condition;

  DeliveryState(String code, String condition) {
    this.code = code;
    this.condition = condition;
  }

  public static Optional<DeliveryState> parse(String code) {
    return Stream.of(values()).filter(state -> state.code.equals(code)).findFirst();
  }

  public String code() {
    return code;
  }

  /** Returns it as SQL, of a row named {@code delivery}. */
  String condition() {
    return condition;
  }
}
