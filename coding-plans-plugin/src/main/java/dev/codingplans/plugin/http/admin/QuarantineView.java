package dev.codingplans.plugin.http.admin;

import dev.codingplans.plugin.usage.QuarantinedUsage;
import java.time.Instant;

/** A record that is not charged, and why; its figures are texts, because they may be anything. */
record QuarantineView(
    String eventId,
    String userId,
    String appliesTo,
    String kind,
    String amount,
    long listCostMicrodollars,
    String occurredAt,
    String reason,
    Instant quarantinedAt) {

  static QuarantineView of(QuarantinedUsage usage) {
    return new QuarantineView(
        usage.eventId(),
        usage.userId(),
        usage.category(),
        usage.kind(),
        usage.amount(),
        usage.listCostMicrodollars(),
        usage.occurredAt(),
        usage.reason(),
        usage.quarantinedAt());
  }
}
