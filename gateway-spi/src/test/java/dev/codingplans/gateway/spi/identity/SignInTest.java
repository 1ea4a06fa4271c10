package dev.codingplans.gateway.spi.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignInTest {

  @Test
  @DisplayName("encodes where to return to, so that nothing of it becomes the host's own query")
  void encodes() {
    assertThat(new SignIn("/login", "/logout").returningTo("/usage?from=2026-01-01&category=llm#x"))
        .isEqualTo("/login?returnTo=%2Fusage%3Ffrom%3D2026-01-01%26category%3Dllm%23x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "login", "//evil.example", "https://evil.example/", "/login?a=b", "/a\r\nb"})
  @DisplayName("takes paths of the host only")
  void takesPathsOnly(String path) {
    assertThatIllegalArgumentException().isThrownBy(() -> new SignIn(path, "/logout"));
    assertThatIllegalArgumentException().isThrownBy(() -> new SignIn("/login", path));
  }
}
