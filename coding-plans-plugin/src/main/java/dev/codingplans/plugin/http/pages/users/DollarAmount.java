package dev.codingplans.plugin.http.pages.users;

import dev.codingplans.plugin.refusal.Refusal;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Reads dollars as an operator types them, to the microdollar. */
final class DollarAmount {

  private static final int MICRO_DIGITS = 6;

  /** No commas: to some they part thousands, to others cents. */
  private static final Pattern FORM = Pattern.compile("[+-]?\\d{1,10}(\\.\\d{1,6})?");

  private DollarAmount() {}

  static long toMicrodollars(String field, String text) {
    if (!FORM.matcher(text).matches()) {
      throw Refusal.invalid(
          field, "it must be dollars such as 20 or 7.50, with at most six digits after the point");
    }
    return new BigDecimal(text).movePointRight(MICRO_DIGITS).longValueExact();
  }
}
