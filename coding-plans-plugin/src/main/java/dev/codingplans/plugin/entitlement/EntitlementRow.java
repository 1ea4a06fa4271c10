package dev.codingplans.plugin.entitlement;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One row of the view {@code entitlement_fact}, or none of it beside the version of the snapshot.
 *
 * <p>Micronaut Data does not see that an array is nullable by its type alone.
 */
@MappedEntity("entitlement_fact")
@SuppressWarnings("ArrayRecordComponent") // Never compared as a whole.
record EntitlementRow(
    @Id long version,
    @Nullable String userId,
    @Nullable String providerId,
    @Nullable UUID keyId,
    @Nullable String source,
    @Nullable Boolean enabled,
    @jakarta.annotation.Nullable byte @Nullable [] ownCiphertext,
    @Nullable String planId,
    @Nullable String status,
    @Nullable Boolean cancelAtPeriodEnd,
    @Nullable Instant currentPeriodEnd,
    @Nullable Instant renewalAt,
    @Nullable Instant graceEndsAt,
    @Nullable UUID credentialId,
    @jakarta.annotation.Nullable byte @Nullable [] credentialCiphertext,
    @Nullable Boolean everSubscribed,
    @Nullable Boolean paysFromCredits) {}
