package dev.codingplans.plugin.usage;

import dev.codingplans.gateway.spi.usage.UsageRecord;
import dev.codingplans.plugin.credit.ladder.Ladder;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Tells records that cannot be right, without any I/O: no slip of a host costs a user a fortune.
 */
final class Plausibility {

  static final BigDecimal MAX_AMOUNT = BigDecimal.valueOf(1_000_000_000_000L);
  static final int MAX_DECIMALS = 9;

  /** So much may the clocks of hosts be ahead. */
  static final Duration MAX_AHEAD = Duration.ofHours(1);

  private final Ladder ladder;
  private final Duration oldest;

  Plausibility(Ladder ladder, Duration oldest) {
    this.ladder = ladder;
    this.oldest = oldest;
  }

  Optional<QuarantineReason> doubt(UsageRecord usage, Instant now) {
    if (usage.listCostMicrodollars() > Ladder.MAX_LIST_COST) {
      return Optional.of(QuarantineReason.COST_TOO_HIGH);
    }
    if (isTooMuch(usage.amount())) {
      return Optional.of(QuarantineReason.AMOUNT_TOO_HIGH);
    }
    if (usage.occurredAt().isBefore(now.minus(oldest))) {
      return Optional.of(QuarantineReason.TOO_OLD);
    }
    if (usage.occurredAt().isAfter(now.plus(MAX_AHEAD))) {
      return Optional.of(QuarantineReason.IN_THE_FUTURE);
    }
    return ladder.knows(usage.category())
        ? Optional.empty()
        : Optional.of(QuarantineReason.UNKNOWN_CATEGORY);
  }

  /** By its digits first: a number can be short and have more of them than there is memory. */
  private static boolean isTooMuch(BigDecimal amount) {
    return amount.scale() > MAX_DECIMALS
        || (long) amount.precision() - amount.scale() > MAX_AMOUNT.precision()
        || amount.compareTo(MAX_AMOUNT) > 0;
  }
}
