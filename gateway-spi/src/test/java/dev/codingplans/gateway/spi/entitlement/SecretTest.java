package dev.codingplans.gateway.spi.entitlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SecretTest {

  private static final Secret KEY = Secret.of("sk-ключ");

  @Test
  @DisplayName("B2 a secret prints as ***, also inside other values")
  void neverPrints() {
    assertThat(KEY).hasToString("***");
    assertThat(new Entitlement.OwnKey(KEY)).hasToString("OwnKey[credential=***]");
    assertThat("%s".formatted(KEY)).isEqualTo("***");
  }

  @Test
  @DisplayName("B2 a secret cannot be serialized")
  void cannotBeSerialized() throws Exception {
    assertThat(KEY).isNotInstanceOf(Serializable.class);
    try (var out = new ObjectOutputStream(new ByteArrayOutputStream())) {
      assertThatThrownBy(() -> out.writeObject(KEY)).isInstanceOf(NotSerializableException.class);
    }
  }

  @Test
  @DisplayName("B2 the hash of a secret tells nothing of it")
  void hashTellsNothing() {
    assertThat(KEY.hashCode()).isEqualTo(Secret.of("another").hashCode());
  }

  @Test
  @DisplayName("secrets of the same text are equal, and of no other")
  void comparesTexts() {
    assertThat(KEY).isEqualTo(Secret.of("sk-ключ")).isNotEqualTo(Secret.of("sk-ключъ"));
    assertThat(KEY.equals((Object) "sk-ключ")).isFalse();
  }

  @Test
  @DisplayName("a secret gives its text back, and its bytes in an array of the caller's own")
  void reveals() {
    assertThat(KEY.reveal()).isEqualTo("sk-ключ");

    Arrays.fill(KEY.revealBytes(), (byte) 0);

    assertThat(KEY.reveal()).isEqualTo("sk-ключ");
  }

  @Test
  @DisplayName("an empty secret is refused")
  void refusesNothing() {
    assertThatThrownBy(() -> Secret.of("")).isInstanceOf(IllegalArgumentException.class);
  }
}
