package dev.codingplans.plugin.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.gateway.spi.Meters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReconciliationGaugesTest {

  @Test
  @DisplayName("L3 metrics say what was found last, and how long ago")
  void figures() {
    var read = new HashMap<String, DoubleSupplier>();
    var gauges = new ReconciliationGauges(recordedIn(read));
    assertThat(read).containsOnlyKeys("reconciliation.age.seconds{}");

    gauges.show(List.of(found("balance-not-negative", 120), found("term-has-its-debit", 0)), 2);
    gauges.show(List.of(found("balance-not-negative", 3), found("term-has-its-debit", 0)), 1);

    assertThat(read)
        .containsOnlyKeys(
            "reconciliation.age.seconds{}",
            "accounts.parked{}",
            "reconciliation.violations{check=balance-not-negative}",
            "reconciliation.violations{check=term-has-its-debit}");
    assertThat(read.get("reconciliation.violations{check=balance-not-negative}").getAsDouble())
        .isEqualTo(3);
    assertThat(read.get("accounts.parked{}").getAsDouble()).isEqualTo(1);
    assertThat(read.get("reconciliation.age.seconds{}").getAsDouble()).isBetween(0.0, 3600.0);
  }

  private static Finding found(String check, long total) {
    return new Finding(Check.ofMoney(check, ""), total, List.of());
  }

  private static Meters recordedIn(Map<String, DoubleSupplier> read) {
    return new Meters() {
      @Override
      public Counter counter(String name, Map<String, String> labels) {
        throw new AssertionError("it counts nothing");
      }

      @Override
      public void gauge(String name, Map<String, String> labels, DoubleSupplier value) {
        assertThat(read.put(name + labels, value)).isNull();
      }
    };
  }
}
