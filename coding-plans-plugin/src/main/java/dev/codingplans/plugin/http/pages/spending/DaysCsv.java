package dev.codingplans.plugin.http.pages.spending;

import dev.codingplans.plugin.usage.UsageOfDay;
import java.util.List;
import java.util.stream.Collectors;

/** The usage of days as comma-separated values after RFC 4180; no value of it needs quotes. */
final class DaysCsv {

  private static final String HEADER =
      "day,category,requests,listCostMicrodollars,chargeMicrodollars,savedMicrodollars,"
          + "uncollectedMicrodollars\r\n";

  private DaysCsv() {}

  static String of(List<UsageOfDay> days) {
    return HEADER + days.stream().map(DaysCsv::line).collect(Collectors.joining());
  }

  private static String line(UsageOfDay day) {
    return "%s,%s,%d,%d,%d,%d,%d\r\n"
        .formatted(
            day.day(),
            day.category(),
            day.records(),
            day.listCostMicrodollars(),
            day.chargeMicrodollars(),
            day.savedMicrodollars(),
            day.uncollectedMicrodollars());
  }
}
