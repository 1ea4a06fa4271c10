package dev.codingplans.plugin.http.customer;

import dev.codingplans.plugin.refusal.Refusal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** A stretch of days of UTC, both ends included. */
record Days(LocalDate first, LocalDate last) {

  private static final int DEFAULT = 30;
  private static final int MOST = 366;

  static Days of(@Nullable String from, @Nullable String to, Instant now) {
    var last = to == null ? LocalDate.ofInstant(now, ZoneOffset.UTC) : day("to", to);
    var first = from == null ? last.minusDays(DEFAULT - 1L) : day("from", from);
    if (first.isAfter(last) || first.plusDays(MOST).isBefore(last)) {
      throw Refusal.invalid("from", "it must be a day up to " + MOST + " days before the last");
    }
    return new Days(first, last);
  }

  private static LocalDate day(String name, String text) {
    try {
      var day = LocalDate.parse(text);
      if (day.getYear() > 0 && day.getYear() < 10_000) {
        return day;
      }
    } catch (DateTimeException e) {
      // Falls through: it is no day.
    }
    throw Refusal.invalid(name, "it must be a day such as 2026-01-31");
  }
}
