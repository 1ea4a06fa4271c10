package dev.codingplans.entitlement;

import static dev.codingplans.entitlement.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ProductClockTest {

  private final ManualNanos nanos = new ManualNanos();
  private final ProductClock clock = new ProductClock(nanos);

  @Test
  @DisplayName("T1 there is no time before the store's clock has been read")
  void hasNoTimeOfItsOwn() {
    assertThatThrownBy(clock::now).isInstanceOf(EntitlementsUnavailable.class);
  }

  @Test
  @DisplayName("T1 the time runs on from the last reading, across the overflow of the nanos")
  void runsOn() {
    clock.realign(NOON, nanos.getAsLong());

    nanos.advance(Duration.ofSeconds(5));

    assertThat(clock.now()).isEqualTo(NOON.plusSeconds(5));
  }

  @Test
  @DisplayName("E2 after a slow reading the time is ahead, never behind")
  void isNeverBehind() {
    var before = nanos.getAsLong();
    nanos.advance(Duration.ofMillis(80));

    clock.realign(NOON, before);

    assertThat(clock.now()).isEqualTo(NOON.plusMillis(80));
  }

  @Test
  @DisplayName("T2 a reading that began before the time was moved does not move it back")
  void ignoresAnOlderReading() {
    var before = nanos.getAsLong();
    nanos.advance(Duration.ofMillis(1));
    var moved = NOON.plus(Duration.ofDays(30));
    clock.realign(moved, nanos.getAsLong());

    clock.realign(NOON, before);

    assertThat(clock.now()).isEqualTo(moved);
  }
}
