package dev.codingplans.plugin.credit;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** The step of the discount ladder that a user's tenure has reached (D2). */
public enum DiscountTier {
  NONE(Duration.ZERO, "1.0"),
  WEEK(Duration.ofDays(7), "0.5"),
  MONTH(Duration.ofDays(30), "0.25");

  private final Duration after;
  private final String multiplier;

  DiscountTier(Duration after, String multiplier) {
    this.after = after;
    this.multiplier = multiplier;
  }

  /** Returns the tier at an instant; tenure runs from the first paid credit. */
  public static DiscountTier at(Optional<Instant> firstPaidAt, Instant now) {
    if (firstPaidAt.isEmpty()) {
      return NONE;
    }
    var tenure = Duration.between(firstPaidAt.get(), now);
    if (tenure.compareTo(MONTH.after) >= 0) {
      return MONTH;
    }
    return tenure.compareTo(WEEK.after) >= 0 ? WEEK : NONE;
  }

  /** Returns the factor that usage is charged with, as a decimal text. */
  public String multiplier() {
    return multiplier;
  }

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
