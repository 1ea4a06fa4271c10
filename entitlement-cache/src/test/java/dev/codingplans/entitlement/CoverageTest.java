package dev.codingplans.entitlement;

import static dev.codingplans.entitlement.Samples.MINIMAX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoverageTest {

  @ParameterizedTest(name = "{0} and {1}: {2}")
  @DisplayName("E1 a pattern covers its own model, or with a trailing /* everything below it")
  @CsvSource({
    "minimax/*, MiniMax-M2, true",
    "minimax/*, speech/hd, true",
    "minimax/MiniMax-M2, MiniMax-M2, true",
    "minimax/MiniMax-M2, MiniMax-M2.5, false",
    "minimax/MiniMax-M2, minimax-m2, false",
    "minimax/MiniMax-*, MiniMax-M2, false",
    "minimax/speech/*, speech/hd, true",
    "minimax/speech/*, MiniMax-M2, false",
    "minimax2/*, MiniMax-M2, false",
    "mini/*, MiniMax-M2, false",
  })
  void covers(String pattern, String model, boolean covered) {
    assertThat(Coverage.of(List.of(pattern)).covers(MINIMAX, model)).isEqualTo(covered);
  }

  @Test
  @DisplayName("E1 the coverage of a provider is all its models and those of no other")
  void coversAProvider() {
    var coverage = Coverage.ofProvider(MINIMAX);

    assertThat(coverage.covers(MINIMAX, "MiniMax-M3")).isTrue();
    assertThat(coverage.covers(new ProviderId("zai"), "MiniMax-M3")).isFalse();
  }

  @ParameterizedTest
  @DisplayName("C2 a pattern that names no provider is refused")
  @ValueSource(strings = {"*", "MiniMax-M2", "/*", "minimax/", "*/MiniMax-M2"})
  void refusesAPatternWithoutAProvider(String pattern) {
    assertThatThrownBy(() -> Coverage.of(List.of(pattern)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(pattern);
  }
}
