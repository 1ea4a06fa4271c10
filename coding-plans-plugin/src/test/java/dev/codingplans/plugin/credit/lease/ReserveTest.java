package dev.codingplans.plugin.credit.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReserveTest {

  @ParameterizedTest
  @CsvSource({
    // available, granted, charged, need, ahead, left afterwards
    "100, 0, 0, 20, 0, 20",
    "100, 0, 0, 20, 40, 40",
    "100, 0, 0, 20, 8, 28",
    "10, 0, 0, 20, 8, 10",
    "100, 50, 20, 5, 0, 35",
    "100, 50, 20, -10, 0, 20",
    "100, 50, 20, -90, 0, 0",
    // It had expired, and others have taken what it had.
    "10, 50, 20, 0, 0, 10",
    "-5, 50, 20, 7, 9, 0",
    // A charge after its expiry was more than it had.
    "100, 50, 70, 5, 0, 5",
    "9223372036854775807, 0, 0, 9223372036854775807, 9223372036854775807, 9223372036854775807",
  })
  @DisplayName(
      "M1 a lease gets what it needs, or what there is, and something ahead if there is plenty")
  void grows(long available, long granted, long charged, long need, long ahead, long left) {
    var grown = new Reserve(available, granted, charged).grown(need, ahead);

    assertThat(grown - charged).isEqualTo(left);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName("M1 whatever is asked for, no lease has more left than is available")
  void staysWithinTheBalance(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 1_000; i++) {
      var available = random.nextLong(-100, 1_000);
      var granted = random.nextLong(1_000);
      var charged = random.nextLong(1_000);

      var left =
          new Reserve(available, granted, charged)
                  .grown(random.nextLong(-1_000, 1_000), random.nextLong(1_000))
              - charged;

      assertThat(left).isBetween(0L, Math.max(0, available));
    }
  }

  static LongStream seeds() {
    return LongStream.range(0, 10);
  }
}
