package dev.codingplans.plugin.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.identity.UserId;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AllowanceTest {

  @Test
  @DisplayName("Q3 ten units at $9.99 cost the price exactly, and so do those of any other plan")
  void unitsCostThePrice() {
    assertThat(IntStream.rangeClosed(1, 10).mapToLong(allowance(9_990_000, 10)::costOfUnit))
        .containsOnly(999_000L);

    var random = new Random(3);
    for (int i = 0; i < 1_000; i++) {
      var units = random.nextInt(1, 200);
      var price = random.nextLong(1, 1_000_000_000L);
      var allowance = allowance(price, units);
      var costs = IntStream.rangeClosed(1, units).mapToLong(allowance::costOfUnit).toArray();
      assertThat(IntStream.range(0, units).mapToLong(it -> costs[it]).sum()).isEqualTo(price);
      assertThat(costs[0] - costs[units - 1]).isIn(0L, 1L);
    }
  }

  @Test
  @DisplayName("Q3 the first units carry what does not divide")
  void firstUnitsCarryTheRemainder() {
    assertThat(IntStream.rangeClosed(1, 3).mapToLong(allowance(10_000_001, 3)::costOfUnit))
        .containsExactly(3_333_334L, 3_333_334L, 3_333_333L);
    assertThat(IntStream.rangeClosed(1, 3).mapToLong(allowance(2, 3)::costOfUnit))
        .containsExactly(1L, 1L, 0L);
  }

  private static Allowance allowance(long price, int units) {
    return new Allowance(
        UUID.randomUUID(),
        new UserId("ann"),
        "vm",
        new PlanId("vms"),
        price,
        units,
        0,
        Instant.EPOCH,
        Instant.MAX);
  }
}
