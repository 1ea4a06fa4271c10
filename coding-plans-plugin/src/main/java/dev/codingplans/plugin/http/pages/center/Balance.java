package dev.codingplans.plugin.http.pages.center;

import dev.codingplans.plugin.credit.ladder.Ladder;
import dev.codingplans.plugin.credit.ladder.Tier;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * What a user can spend, and what usage costs the user.
 *
 * @param owedMicrodollars what refunds wanted back that was not there
 * @param uncollectedMicrodollars what usage cost beyond the balance
 * @param next what the next step of the ladder brings, unless this one is the last
 */
record Balance(
    long microdollars,
    long owedMicrodollars,
    long uncollectedMicrodollars,
    boolean autoTopUp,
    Step tier,
    Optional<Step> next) {

  static Balance of(CenterRows rows, Ladder ladder) {
    var paid = Optional.ofNullable(rows.firstPaidAt());
    return new Balance(
        rows.balanceMicrodollars(),
        rows.owedMicrodollars(),
        rows.uncollectedMicrodollars(),
        rows.autoTopUp(),
        Step.of(ladder.tierAt(paid, rows.now()), paid),
        ladder.nextTierAt(paid, rows.now()).map(tier -> Step.of(tier, paid)));
  }

  /**
   * A step of the discount ladder.
   *
   * @param percentOff what is taken off the list price of usage, as text
   * @param days how long after the first payment it starts
   * @param startsAt when it starts; empty before the first payment
   */
  record Step(String name, String percentOff, long days, Optional<Instant> startsAt) {

    static Step of(Tier tier, Optional<Instant> paid) {
      return new Step(
          tier.name(),
          percentOff(tier.multiplier()),
          tier.after().toDays(),
          paid.map(at -> at.plus(tier.after())));
    }

    boolean isDiscount() {
      return !percentOff.equals("0");
    }

    private static String percentOff(BigDecimal multiplier) {
      return BigDecimal.ONE
          .subtract(multiplier)
          .movePointRight(2)
          .stripTrailingZeros()
          .toPlainString();
    }
  }
}
