package dev.codingplans.plugin.http.pages.quota;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A unit that its user has taken and still holds. */
record HeldUnit(
    UUID id, String planId, @Nullable String label, Instant createdAt, Instant expiresAt) {}
