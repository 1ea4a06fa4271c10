package dev.codingplans.plugin.http.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codingplans.plugin.refusal.Refusal;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("forms")
class FormTest {

  @Test
  @DisplayName("a field is found by its name, stripped")
  void fields() {
    assertThat(Form.parse("a=+1%202+&b=x&b=y").fields())
        .containsEntry("a", List.of(" 1 2 "))
        .containsEntry("b", List.of("x", "y"));
    assertThat(Form.parse("a=+1%202+").text("a")).isEqualTo("1 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"apiKey=sk-secret%", "apiKey=sk-secret%zz", "entries=sk-secret%4"})
  @DisplayName("B2 a malformed form is refused without a word of what is in it")
  void malformed(String body) {
    assertThatThrownBy(() -> Form.parse(body))
        .isInstanceOf(Refusal.class)
        .hasNoCause()
        .hasMessageNotContaining("sk-secret");
  }
}
