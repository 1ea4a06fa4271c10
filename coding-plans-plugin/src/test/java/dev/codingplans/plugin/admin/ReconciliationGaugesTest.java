package dev.codingplans.plugin.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.gateway.spi.Meters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ViolationGaugesTest {

  @Test
  @DisplayName("L3 a metric says how many violations each check found last")
  void figures() {
    var read = new HashMap<String, DoubleSupplier>();
    var gauges = new ViolationGauges(recordedIn(read));
    assertThat(read).isEmpty();

    gauges.show(found("balance-not-negative", 120));
    gauges.show(found("term-has-its-debit", 0));
    gauges.show(found("balance-not-negative", 3));

    assertThat(read)
        .containsOnlyKeys(
            "reconciliation.violations{check=balance-not-negative}",
            "reconciliation.violations{check=term-has-its-debit}");
    assertThat(read.get("reconciliation.violations{check=balance-not-negative}").getAsDouble())
        .isEqualTo(3);
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
