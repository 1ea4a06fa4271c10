package dev.codingplans.plugin.credit;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Writes microdollars for people. */
public final class Usd {

  private static final int MICRO = 6;
  private static final int CENTS = 2;

  private Usd() {}

  /** Returns for example {@code $20.00}, with more digits only where cents do not suffice. */
  public static String format(long microdollars) {
    var amount = BigDecimal.valueOf(microdollars, MICRO).stripTrailingZeros();
    var digits = Math.max(CENTS, amount.scale());
    var text = amount.abs().setScale(digits, RoundingMode.UNNECESSARY).toPlainString();
    return (amount.signum() < 0 ? "-$" : "$") + text;
  }
}
