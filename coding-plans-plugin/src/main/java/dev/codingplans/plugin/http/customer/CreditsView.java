package dev.codingplans.plugin.http.customer;

import dev.codingplans.plugin.credit.Credits.Balance;
import dev.codingplans.plugin.credit.ladder.Ladder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A user's balance as it is shown. */
record CreditsView(
    long balanceMicrodollars,
    long owedMicrodollars,
    long uncollectedMicrodollars,
    TierView discountTier,
    @Nullable Instant firstPaidAt,
    boolean autoTopUp) {

  /**
   * Shows a balance.
   *
   * @param owed what refunds wanted back that the balance did not have
   */
  static CreditsView of(Balance balance, long owed, Ladder ladder) {
    var tier = ladder.tierAt(balance.firstPaidAt(), balance.at());
    return new CreditsView(
        balance.microdollars(),
        owed,
        balance.uncollectedMicrodollars(),
        new TierView(tier.name(), tier.multiplier().toPlainString()),
        balance.firstPaidAt().orElse(null),
        balance.autoTopUp());
  }

  /** A step of the discount ladder; the multiplier is a decimal text. */
  record TierView(String name, String multiplier) {}
}
