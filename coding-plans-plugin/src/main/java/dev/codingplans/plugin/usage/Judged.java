package dev.codingplans.plugin.usage;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.gateway.spi.usage.UsageSink.Receipt;
import java.time.Instant;
import java.util.Optional;

/**
 * A record that has come in.
 *
 * @param doubt why it is not charged, if it is not
 */
record Judged(Arrival arrival, Optional<QuarantineReason> doubt) {

  String eventId() {
    return arrival.eventId();
  }

  UserId user() {
    return arrival.usage().user();
  }

  Instant occurredAt() {
    return arrival.usage().occurredAt();
  }

  Receipt receipt() {
    return doubt.isPresent() ? Receipt.QUARANTINED : Receipt.ACCEPTED;
  }
}
