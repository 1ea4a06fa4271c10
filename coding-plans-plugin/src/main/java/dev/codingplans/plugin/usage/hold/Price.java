package dev.codingplans.plugin.usage.hold;

import dev.codingplans.plugin.credit.ladder.Ladder;
import java.time.Instant;
import java.util.Optional;

/**
 * What a user pays for a list cost (D3), asked without the database.
 *
 * @param firstPaidAt when the user's tenure started
 */
record Price(Ladder ladder, Optional<Instant> firstPaidAt) {

  static final String CATEGORY = "llm";

  long of(long listCost, Instant at) {
    return Ladder.charge(listCost, ladder.multiplierAt(CATEGORY, firstPaidAt, at));
  }
}
