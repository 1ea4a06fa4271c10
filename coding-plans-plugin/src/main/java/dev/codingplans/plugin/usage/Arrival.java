package dev.codingplans.plugin.usage;

import dev.codingplans.gateway.spi.usage.UsageRecord;
import java.util.Optional;
import java.util.UUID;

/**
 * A record as it comes in.
 *
 * @param lease what was set aside for its charge, if anything was
 */
record Arrival(UsageRecord usage, Optional<UUID> lease) {

  Arrival(UsageRecord usage) {
    this(usage, Optional.empty());
  }

  String eventId() {
    return usage.eventId();
  }
}
