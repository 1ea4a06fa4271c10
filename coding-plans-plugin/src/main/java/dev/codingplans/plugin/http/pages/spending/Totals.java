package dev.codingplans.plugin.http.pages.spending;

import dev.codingplans.plugin.usage.UsageOfDay;
import java.util.List;

/** What all usage that is shown came to. */
record Totals(long records, long listCost, long charge, long uncollected) {

  static Totals of(List<UsageOfDay> days) {
    return new Totals(
        days.stream().mapToLong(UsageOfDay::records).sum(),
        days.stream().mapToLong(UsageOfDay::listCostMicrodollars).sum(),
        days.stream().mapToLong(UsageOfDay::chargeMicrodollars).sum(),
        days.stream().mapToLong(UsageOfDay::uncollectedMicrodollars).sum());
  }

  /** Returns what the discount was worth. */
  long saved() {
    return listCost - charge;
  }
}
