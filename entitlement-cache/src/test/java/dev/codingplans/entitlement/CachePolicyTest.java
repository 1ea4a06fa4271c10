package dev.codingplans.entitlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CachePolicyTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  @DisplayName("E4 the defaults are 250 ms, 30 s and 10 min")
  void defaults() {
    assertThat(CachePolicy.DEFAULT.pollInterval()).isEqualTo(Duration.ofMillis(250));
    assertThat(CachePolicy.DEFAULT.maxStaleness()).isEqualTo(Duration.ofSeconds(30));
    assertThat(CachePolicy.DEFAULT.maxOutage()).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  @DisplayName("E4 a poll interval that could make a change take a second is refused")
  void refusesASlowPoll() {
    assertThatThrownBy(() -> new CachePolicy(1 << 20, SECOND, SECOND, SECOND, SECOND, 1, SECOND))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pollInterval is not within PT0.001S .. PT0.5S: PT1S");
  }

  @Test
  @DisplayName("E4 an outage bound below the staleness bound is refused")
  void refusesAnOutageShorterThanStaleness() {
    var poll = Duration.ofMillis(250);

    assertThatThrownBy(
            () -> new CachePolicy(1 << 20, poll, SECOND.multipliedBy(2), SECOND, SECOND, 1, SECOND))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("maxOutage");
  }
}
