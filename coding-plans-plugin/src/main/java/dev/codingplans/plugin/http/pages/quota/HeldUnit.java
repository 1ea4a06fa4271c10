package dev.codingplans.plugin.http.pages.quota;

import dev.codingplans.plugin.quota.Allocation;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A unit that its user has taken and still holds. */
record HeldUnit(UUID id, @Nullable String label, Instant createdAt, Instant expiresAt) {

  static HeldUnit of(Allocation allocation) {
    return new HeldUnit(
        allocation.id(), allocation.label(), allocation.createdAt(), allocation.expiresAt());
  }
}
