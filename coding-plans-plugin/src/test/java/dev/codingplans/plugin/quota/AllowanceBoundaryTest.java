package dev.codingplans.plugin.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.support.Parts;
import dev.codingplans.plugin.support.QuotaCalls;
import dev.codingplans.plugin.support.TestPlugin;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AllowanceBoundaryTest {

  private static final UserId ANN = new UserId("ann");

  @Test
  @DisplayName("Q2, Q3 an allowance runs up to its end and not at it, to the microsecond")
  void endIsExcluded() {
    try (var plugin = TestPlugin.start()) {
      plugin.credit("ann", 10);
      var bought = new QuotaCalls(plugin).buy("ann", QuotaCalls.FIVE).json();
      var id = UUID.fromString(bought.get("id").asText());
      var end = Instant.parse(bought.get("periodEnd").asText());
      var last = end.minus(1, ChronoUnit.MICROS);

      try (var parts = Parts.on(plugin.database())) {
        var allowances = parts.get(AllowanceRepository.class);
        assertThat(allowances.findRunning(ANN, "vm", last)).isPresent();
        assertThat(allowances.findRunning(ANN, "vm", end)).isEmpty();
        assertThat(allowances.take(id, 1, end)).isZero();
        assertThat(allowances.take(id, 2, last)).as("not its turn").isZero();
        assertThat(allowances.take(id, 1, last)).isEqualTo(1);
      }
    }
  }
}
