package dev.codingplans.sample.proxy;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The time of answers as the header {@code date} has it (RFC 9110, 5.6.7), made once a second. */
@Singleton
final class DateHeader {

  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private final Clock clock;
  private volatile Made last = Made.at(0);

  DateHeader(Clock clock) {
    this.clock = clock;
  }

  String now() {
    var second = Math.floorDiv(clock.millis(), 1_000L);
    var made = last;
    if (made.second() != second) {
      made = Made.at(second);
      last = made;
    }
    return made.text();
  }

  private record Made(long second, String text) {

    static Made at(long second) {
      return new Made(second, FORM.format(Instant.ofEpochSecond(second)));
    }
  }
}
