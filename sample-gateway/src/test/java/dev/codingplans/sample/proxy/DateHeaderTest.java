package dev.codingplans.sample.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DateHeaderTest {

  private final SetClock clock = new SetClock();
  private final DateHeader date = new DateHeader(clock);

  @Test
  @DisplayName("the date of an answer has the form of HTTP and goes with the clock")
  void followsTheClock() {
    clock.now = Instant.parse("2026-03-05T09:08:07.999Z");
    assertThat(date.now()).isEqualTo("Thu, 05 Mar 2026 09:08:07 GMT");

    clock.now = Instant.parse("2026-03-05T09:08:08.000Z");
    assertThat(date.now()).isEqualTo("Thu, 05 Mar 2026 09:08:08 GMT");

    clock.now = Instant.parse("2026-03-05T09:08:07.000Z");
    assertThat(date.now()).isEqualTo("Thu, 05 Mar 2026 09:08:07 GMT");
  }

  private static final class SetClock extends Clock {

    private Instant now = Instant.EPOCH;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
