package dev.codingplans.plugin.usage;

import static dev.codingplans.plugin.usage.InboxFloor.EVERYTHING;
import static dev.codingplans.plugin.usage.InboxFloor.SETTLED;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InboxFloorTest {

  private final InboxFloor floor = new InboxFloor(0);

  @Test
  @DisplayName("D4 a pass starts below what may commit late, and one a minute looks at everything")
  void floor() {
    assertThat(pass(0, 100)).isZero();
    assertThat(pass(SETTLED.toNanos(), 200)).isZero();
    assertThat(pass(SETTLED.toNanos() + 1, 250)).isZero();
    assertThat(pass(2 * SETTLED.toNanos(), 300)).isZero();
    assertThat(pass(2 * SETTLED.toNanos() + 1, 350)).isEqualTo(200);
    assertThat(pass(3 * SETTLED.toNanos(), 400)).isEqualTo(200);
    assertThat(pass(3 * SETTLED.toNanos() + 1, 450)).isEqualTo(300);
    assertThat(pass(EVERYTHING.toNanos(), 500)).isZero();
    assertThat(pass(EVERYTHING.toNanos() + 1, 500)).isEqualTo(400);
    assertThat(pass(EVERYTHING.toNanos() + 2, 399)).isZero();
  }

  private long pass(long nanos, long last) {
    var after = floor.begin(last, nanos);
    floor.end(last, nanos);
    return after;
  }
}
