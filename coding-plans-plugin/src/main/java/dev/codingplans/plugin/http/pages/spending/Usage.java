package dev.codingplans.plugin.http.pages.spending;

import dev.codingplans.plugin.usage.UsageOfDay;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/**
 * The usage of some days, the latest first.
 *
 * @param zone whose days they are
 */
record Usage(LocalDate first, LocalDate last, ZoneId zone, List<UsageOfDay> days) {

  Usage {
    days = List.copyOf(days);
  }

  /** Returns how many days there are, used or not. */
  int count() {
    return Math.toIntExact(last.toEpochDay() - first.toEpochDay() + 1);
  }

  List<String> categories() {
    return days.stream().map(UsageOfDay::category).distinct().sorted().toList();
  }
}
