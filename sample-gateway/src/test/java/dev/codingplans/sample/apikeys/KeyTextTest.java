package dev.codingplans.sample.apikeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@DisplayName("The text of an API key")
class KeyTextTest {

  private final SecureRandom random = new SecureRandom();

  @RepeatedTest(20)
  @DisplayName("is recognised, and no other text with one character altered, added or lost")
  void isRecognised() {
    var text = KeyText.random(random).secret().reveal();

    assertThat(text).matches("cpk_[0-9A-Za-z]{49}");
    assertThat(KeyText.parse(text)).isPresent();
    for (int i = 0; i < text.length(); i++) {
      var other = text.charAt(i) == 'x' ? 'y' : 'x';
      assertThat(KeyText.parse(text.substring(0, i) + other + text.substring(i + 1))).isEmpty();
      assertThat(KeyText.parse(text.substring(0, i) + text.substring(i + 1))).isEmpty();
    }
    assertThat(KeyText.parse(text + "0")).isEmpty();
    assertThat(KeyText.parse(text + "\n")).isEmpty();
  }

  @Test
  @DisplayName("is shown by its first characters, and printed not at all")
  void isHidden() {
    var key = KeyText.random(random);

    assertThat(key.prefix()).hasSize(8).startsWith("cpk_");
    assertThat(key.secret().reveal()).startsWith(key.prefix());
    assertThat(key.toString()).doesNotContain(key.prefix());
  }

  @Test
  @DisplayName("has all digits also for the smallest and the largest number")
  void padsNumbers() {
    var largest = new byte[32];
    java.util.Arrays.fill(largest, (byte) 0xff);

    assertThat(Base62.encode(new byte[32], 43)).isEqualTo("0".repeat(43));
    assertThat(Base62.encode(largest, 44)).startsWith("0").doesNotStartWith("00");
    assertThat(Base62.encode(0xffff_ffffL, 6)).isEqualTo("4gfFC3");
  }
}
