package dev.codingplans.plugin.usage;

import java.time.LocalDate;

/** What a day's usage of a category came to. */
public record UsageOfDay(
    LocalDate day,
    String category,
    long records,
    long listCostMicrodollars,
    long chargeMicrodollars,
    long uncollectedMicrodollars) {

  /** Returns what the discount was worth. */
  public long savedMicrodollars() {
    return listCostMicrodollars - chargeMicrodollars;
  }
}
