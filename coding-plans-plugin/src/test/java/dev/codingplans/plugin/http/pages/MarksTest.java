package dev.codingplans.plugin.http.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("marks")
class MarksTest {

  @Test
  @DisplayName("a mark is a whole character, whatever it is made of")
  void whole() {
    assertThat(Marks.of("MiniMax")).isEqualTo("M");
    assertThat(Marks.of("\uD835\uDD38cme")).isEqualTo("\uD835\uDD38");
  }
}
