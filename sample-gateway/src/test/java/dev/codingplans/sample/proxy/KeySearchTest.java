package dev.codingplans.sample.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.gateway.spi.entitlement.Secret;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySearchTest {

  private static final KeySearch SEARCH = KeySearch.of(Secret.of("sk-Aba-aba"));

  @ParameterizedTest
  @DisplayName("P5 a key is found wherever it stands and however it is written")
  @ValueSource(
      strings = {"sk-Aba-aba", "SK-ABA-ABA", "xsk-aba-abax", "sk-aba-sk-aba-aba", "é sk-aba-abA"})
  void finds(String text) {
    assertThat(SEARCH.isIn(text.getBytes(ISO_8859_1))).isTrue();
  }

  @ParameterizedTest
  @DisplayName("P5 what only begins or ends like a key is none")
  @ValueSource(strings = {"", "sk-aba-ab", "k-aba-aba", "sk-aba-abb", "sk_aba-aba", "sk-aba aba"})
  void findsNothing(String text) {
    assertThat(SEARCH.isIn(text.getBytes(ISO_8859_1))).isFalse();
  }

  @Test
  @DisplayName("P5 a key is found at every place of a long text")
  void findsAtEveryPlace() {
    for (int before = 0; before < 100; before++) {
      var text = "-aba".repeat(25).substring(0, before) + "sk-aba-aba" + "aba".repeat(20);
      assertThat(SEARCH.isIn(text.getBytes(ISO_8859_1))).as("after %d", before).isTrue();
    }
  }
}
