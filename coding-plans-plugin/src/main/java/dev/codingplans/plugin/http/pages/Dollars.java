package dev.codingplans.plugin.http.pages;

import java.math.BigDecimal;
import java.util.Locale;

/** Microdollars as people read them. */
final class Dollars {

  private static final int MICRO_DIGITS = 6;
  private static final int CENT_DIGITS = 2;

  private Dollars() {}

  /**
   * Returns for example {@code $180.00}, {@code −$0.50} or {@code $0.000123}: to the cent at least.
   */
  static String exact(long microdollars) {
    var dollars = BigDecimal.valueOf(microdollars, MICRO_DIGITS).abs().stripTrailingZeros();
    return sign(microdollars)
        + String.format(
            Locale.ROOT, "$%,." + Math.max(CENT_DIGITS, dollars.scale()) + "f", dollars);
  }

  /** Returns for example {@code $20} or {@code $19.99}: without cents where there are none. */
  static String price(long microdollars) {
    var exact = exact(microdollars);
    return exact.endsWith(".00") ? exact.substring(0, exact.length() - ".00".length()) : exact;
  }

  private static String sign(long microdollars) {
    return microdollars < 0 ? "−" : "";
  }
}
