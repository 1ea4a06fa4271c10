package dev.codingplans.plugin.http.customer;

import dev.codingplans.plugin.usage.UsageOfDay;

/**
 * What a day's usage of a category came to, as its user sees it.
 *
 * @param day of UTC, such as {@code 2026-01-31}
 * @param savedMicrodollars what the discount was worth
 */
record UsageDayView(
    String day,
    String appliesTo,
    long records,
    long listCostMicrodollars,
    long chargeMicrodollars,
    long savedMicrodollars,
    long uncollectedMicrodollars) {

  static UsageDayView of(UsageOfDay usage) {
    return new UsageDayView(
        usage.day().toString(),
        usage.category(),
        usage.records(),
        usage.listCostMicrodollars(),
        usage.chargeMicrodollars(),
        usage.savedMicrodollars(),
        usage.uncollectedMicrodollars());
  }
}
