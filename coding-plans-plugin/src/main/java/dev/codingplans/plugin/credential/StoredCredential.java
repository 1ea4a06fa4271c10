package dev.codingplans.plugin.credential;

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
 * A credential as an admin sees it: without its key and without the provider's plan id.
 *
 * @param position the order in which credentials are sold
 */
@MappedEntity("credential")
public record StoredCredential(
    @Id UUID id,
    long position,
    @ProviderIdColumn ProviderId providerId,
    @PlanIdColumn PlanId planId,
    String status,
    String health,
    Instant createdAt,
    @Nullable Instant assignedAt) {}
