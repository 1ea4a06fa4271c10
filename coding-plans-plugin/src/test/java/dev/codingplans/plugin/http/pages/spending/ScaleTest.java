package dev.codingplans.plugin.http.pages.spending;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("the axis of a chart")
class ScaleTest {

  @ParameterizedTest(name = "{0}: {1} × {2}")
  @DisplayName("goes up in few steps that people count in, and not much further than it must")
  @CsvSource({
    "0, 1, 1",
    "1, 1, 1",
    "5, 1, 5",
    "6, 2, 3",
    "11, 5, 3",
    "26, 10, 3",
    "1500000, 500000, 3",
    "9000000000000000, 2000000000000000, 5"
  })
  void steps(long most, long step, int steps) {
    assertThat(Scale.upTo(most)).isEqualTo(new Scale(step, steps));
  }
}
