package dev.codingplans.plugin.http.pages.spending;

import dev.codingplans.plugin.refusal.Refusal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How many days up to today are shown. */
enum Span {
  WEEK(7),
  MONTH(30),
  QUARTER(90);

  private final int days;

  Span(int days) {
    this.days = days;
  }

  /** Returns what an address asks for; a month if it does not. */
  static Span of(@Nullable Integer days) {
    return days == null
        ? MONTH
        : Arrays.stream(values())
            .filter(span -> span.days == days)
            .findFirst()
            .orElseThrow(() -> Refusal.invalid("days", "it must be 7, 30 or 90"));
  }

  int days() {
    return days;
  }
}
