package dev.codingplans.plugin.subscription;

import java.time.Duration;
import java.time.Instant;

/** One paid stretch of time, from {@code start} up to and excluding {@code end}. */
public record Term(Instant start, Instant end) {

  public Term {
    if (!start.isBefore(end)) {
      throw new IllegalArgumentException("a term ends after it starts: " + start + " .. " + end);
    }
  }

  /** Returns the term that starts at an instant; a period is whole days, never a month. */
  public static Term of(Instant start, Duration period) {
    return new Term(start, start.plus(period));
  }
}
