package dev.codingplans.plugin.usage;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.credit.ladder.Ladder;
import java.time.Instant;
import java.util.Optional;

/**
 * The step of the ladder that was last told of a user.
 *
 * @param firstPaidAt when the user's tenure started
 * @param tier empty of an account that is older than the ladder, and was never looked at
 */
record StoredTier(UserId user, Optional<Instant> firstPaidAt, Optional<String> tier) {

  boolean isOutdated(Ladder ladder, Instant now) {
    return !tier.equals(Optional.of(ladder.tierAt(firstPaidAt, now).name()));
  }
}
