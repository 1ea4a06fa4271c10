package dev.codingplans.plugin.http.pages.keys;

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
 * What a user holds of one provider: a key, a live subscription, or both.
 *
 * @param source {@code own} or {@code plan}; null if there is no key
 * @param subscriptionId the live subscription; null if there is none
 */
@MappedEntity("byok_key")
record HeldRow(
    @Id @ProviderIdColumn ProviderId providerId,
    @Nullable String source,
    @Nullable Boolean enabled,
    @Nullable String lastFour,
    @Nullable Instant createdAt,
    @Nullable Instant updatedAt,
    @Nullable UUID subscriptionId,
    @Nullable @PlanIdColumn PlanId planId) {}
