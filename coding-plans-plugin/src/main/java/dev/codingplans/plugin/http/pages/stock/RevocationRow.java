package dev.codingplans.plugin.http.pages.stock;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A credential that is to be ended at its provider, or was (V1). */
record RevocationRow(
    UUID id,
    long position,
    String providerId,
    String planId,
    @Nullable String upstreamPlanId,
    String status,
    Instant requestedAt,
    @Nullable Instant accessEndedAt,
    int attempts,
    @Nullable String lastError,
    long ageSeconds) {

  boolean allows(Deed deed) {
    return deed.isFor(status);
  }
}
