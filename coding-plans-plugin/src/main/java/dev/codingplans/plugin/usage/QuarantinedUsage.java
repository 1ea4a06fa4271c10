package dev.codingplans.plugin.usage;

import java.time.Instant;

/**
 * A record that is not charged, as an operator sees it; what cannot be right is shown as it came.
 */
public record QuarantinedUsage(
    long position,
    String eventId,
    String userId,
    String category,
    String kind,
    String amount,
    long listCostMicrodollars,
    String occurredAt,
    String reason,
    Instant quarantinedAt) {}
