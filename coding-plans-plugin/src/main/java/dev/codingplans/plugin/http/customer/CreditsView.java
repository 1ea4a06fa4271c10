package dev.codingplans.plugin.http.customer;

import dev.codingplans.plugin.credit.Credits.Balance;
import dev.codingplans.plugin.credit.DiscountTier;
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
   * Nothing can be uncollected yet.
   *
   * @param owed what refunds wanted back that the balance did not have
   */
  static CreditsView of(Balance balance, long owed) {
    var tier = DiscountTier.at(balance.firstPaidAt(), balance.at());
    return new CreditsView(
        balance.microdollars(),
        owed,
        0,
        new TierView(tier.code(), tier.multiplier()),
        balance.firstPaidAt().orElse(null),
        balance.autoTopUp());
  }

  /** A step of the discount ladder; the multiplier is a decimal text. */
  record TierView(String name, String multiplier) {}
}
