package dev.codingplans.plugin.http.pages.keys;

import java.time.Instant;

/** The key of a provider that a user's requests may run on. */
sealed interface HeldKey {

  /** There is none. */
  record None() implements HeldKey {}

  /** One that the user brought. */
  record Own(boolean enabled, String lastFour, Instant createdAt, Instant updatedAt)
      implements HeldKey {}

  /** One that came with a plan, and goes with it. */
  record Managed(Instant createdAt) implements HeldKey {}
}
