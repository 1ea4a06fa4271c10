package dev.codingplans.plugin.quota;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.database.PlanIdColumn;
import dev.codingplans.plugin.database.UserIdColumn;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One unit of an allowance, taken and never given back (Q3, Q4).
 *
 * @param position grows with every allocation; the order in which they are listed
 * @param label what the user calls it
 * @param costMicrodollars its share of the allowance's price, for the books; nothing is charged
 * @param releasedAt when the user was done with it, if before it expired
 */
@MappedEntity("allocation")
public record Allocation(
    @Id UUID id,
    long position,
    UUID allowanceId,
    @UserIdColumn UserId userId,
    String unit,
    @PlanIdColumn PlanId planId,
    @Nullable String label,
    long costMicrodollars,
    Instant createdAt,
    Instant expiresAt,
    @Nullable Instant releasedAt) {}
