package dev.codingplans.plugin.usage;

import dev.codingplans.gateway.spi.identity.UserId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A record that is to be charged now.
 *
 * @param lease what was set aside for its charge, if anything was
 * @param firstPaidAt when its user's tenure started
 */
record DueUsage(
    String eventId,
    UserId user,
    String category,
    String kind,
    BigDecimal amount,
    long listCostMicrodollars,
    Instant occurredAt,
    boolean estimated,
    Optional<UUID> lease,
    Optional<Instant> firstPaidAt) {}
