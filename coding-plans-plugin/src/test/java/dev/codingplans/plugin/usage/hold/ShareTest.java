package dev.codingplans.plugin.usage.hold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShareTest {

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName(
      "M1 however requests begin and end, what they hold and cost is within what was granted")
  void neverHoldsMoreThanWasGranted(long seed) {
    var random = new Random(seed);
    var share = Share.NONE;
    var open = new ArrayDeque<Long>();
    for (int i = 0; i < 2_000; i++) {
      switch (random.nextInt(4)) {
        case 0 -> share = share.granted(share.granted() + random.nextLong(100));
        case 1 -> {
          var cost = random.nextLong(50);
          if (share.covers(cost)) {
            share = share.hold(cost);
            open.add(cost);
          }
        }
        case 2 -> share = share.withoutFree();
        default -> {
          if (!open.isEmpty()) {
            var hold = open.remove();
            share = share.settle(hold, random.nextLong(hold + 1));
          }
        }
      }
      assertThat(share.held()).isEqualTo(open.stream().mapToLong(Long::longValue).sum());
      assertThat(share.free()).isNotNegative();
    }
  }

  @Test
  @DisplayName("M1 a hold costs nothing negative and nothing beyond itself")
  void refusesOtherCharges() {
    var share = Share.NONE.granted(100).hold(10);

    assertThatThrownBy(() -> share.settle(10, 11)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> share.settle(10, -1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> share.settle(11, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  static LongStream seeds() {
    return LongStream.range(0, 10);
  }
}
