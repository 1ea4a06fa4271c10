package dev.codingplans.plugin.credential.revocation;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.plugin.database.PlanIdColumn;
import dev.codingplans.plugin.database.ProviderIdColumn;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A credential that is to be ended at its provider, or was (V1).
 *
 * @param position of the credential; among requests of the same instant, their order
 * @param upstreamPlanId how the provider knows it; only while there is something to do (V3)
 * @param accessEndedAt absent if nobody ever used it
 * @param ageSeconds since it was requested, until it was revoked
 */
@MappedEntity("credential")
public record RevocationItem(
    @Id UUID id,
    long position,
    @ProviderIdColumn ProviderId providerId,
    @PlanIdColumn PlanId planId,
    @Nullable String upstreamPlanId,
    String status,
    Instant requestedAt,
    @Nullable Instant accessEndedAt,
    int attempts,
    @Nullable String lastError,
    long ageSeconds) {}
