package dev.codingplans.plugin.usage;

import dev.codingplans.gateway.spi.identity.UserId;
import java.time.Instant;

/**
 * That a user's account was deleted.
 *
 * @param anonymous what the user is called in what was used before
 * @param at in product time, the latest if there were several
 * @param returned whether there is a new account
 */
public record Deletion(UserId user, UserId anonymous, Instant at, boolean returned) {

  /** Tells whether a use was that of the deleted account, and not of a new one. */
  boolean covers(Instant occurredAt) {
    return !returned || !occurredAt.isAfter(at);
  }
}
