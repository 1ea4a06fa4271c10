package dev.codingplans.plugin.usage;

import dev.codingplans.plugin.usage.UsageHistory.Place;
import java.math.BigDecimal;
import java.time.Instant;

/** A record that was charged, with all that its charge followed from (D3). */
public record StoredUsage(
    long position,
    String eventId,
    String category,
    String kind,
    BigDecimal amount,
    long listCostMicrodollars,
    BigDecimal multiplier,
    long chargeMicrodollars,
    long uncollectedMicrodollars,
    boolean estimated,
    Instant occurredAt,
    Instant chargedAt) {

  public Place place() {
    return new Place(occurredAt, position);
  }
}
