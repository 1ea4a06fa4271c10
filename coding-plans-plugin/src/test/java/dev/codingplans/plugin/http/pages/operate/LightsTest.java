package dev.codingplans.plugin.http.pages.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.plugin.http.pages.operate.Operation.Credentials;
import dev.codingplans.plugin.http.pages.operate.Operation.Payments;
import dev.codingplans.plugin.http.pages.operate.Operation.Quarantine;
import dev.codingplans.plugin.http.pages.operate.Operation.Renewals;
import dev.codingplans.plugin.http.pages.operate.Operation.RotationRun;
import dev.codingplans.plugin.http.pages.operate.Operation.SweepSums;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("lights of operation")
class LightsTest {

  private static final long PRIMARY = 7;

  @ParameterizedTest
  @CsvSource({"300, PT1M, FINE", "301, PT1M, ACT", "301, PT1H, LOOK", "10801, PT1H, ACT"})
  @DisplayName(
      "R4 what is due for longer than sweeps take needs somebody, the sooner the more often nodes sweep")
  void due(long age, Duration interval, Level level) {
    assertThat(light("due", operation(age, null), interval).level()).isEqualTo(level);
  }

  @ParameterizedTest
  @CsvSource({
    "7, false, 0, done, FINE",
    "6, false, 0, outdated, LOOK",
    "7, true, 0, running, LOOK",
    "7, false, 1, failed, ACT",
  })
  @DisplayName(
      "I6 a rotation is shown while it runs, if it failed, and until there is one to the primary key")
  void rotation(long key, boolean running, long failed, String state, Level level) {
    var run = new RotationRun(key, running, 10, 5, failed, Instant.EPOCH, null);

    var light = light("rotation", operation(0, run), Duration.ofMinutes(1));

    assertThat(light.state()).isEqualTo(state);
    assertThat(light.level()).isEqualTo(level);
  }

  private static Light light(String name, Operation operation, Duration interval) {
    return new Lights(operation, interval, PRIMARY)
        .all().stream().filter(light -> light.name().equals(name)).findFirst().orElseThrow();
  }

  private static Operation operation(long dueAge, RotationRun rotation) {
    return new Operation(
        new Renewals(1, dueAge, 0, 0),
        List.of(),
        List.of(),
        new SweepSums(0, 0, 0, 0, 0, 0),
        null,
        0,
        new Payments(0, List.of()),
        new Quarantine(0, List.of()),
        0,
        List.of(),
        new Credentials(0, List.of()),
        rotation);
  }
}
