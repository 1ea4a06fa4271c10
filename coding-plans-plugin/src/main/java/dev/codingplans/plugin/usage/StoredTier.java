package dev.codingplans.plugin.usage;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.credit.ladder.Ladder;
import java.time.Instant;
import java.util.Optional;

/**
 * The step of the ladder that was last told of a user.
 *
 * @param firstPaidAt when the user's tenure started
 */
record StoredTier(UserId user, Optional<Instant> firstPaidAt, String tier) {

  boolean isOutdated(Ladder ladder, Instant now) {
    return !tier.equals(ladder.tierAt(firstPaidAt, now).name());
  }
}
