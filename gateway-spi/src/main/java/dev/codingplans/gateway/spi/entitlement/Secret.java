package dev.codingplans.gateway.spi.entitlement;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A text that must not be seen: the only type in which key text travels. It prints as {@code ***},
 * cannot be serialized, and compares in constant time. Immutable.
 *
 * <pre>{@code
 * request.setHeader("authorization", "Bearer " + secret.reveal());
 * }</pre>
 */
public final class Secret {

  private final byte[] text;

  private Secret(byte[] text) {
    this.text = text;
  }

  /**
   * Wraps a text.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public static Secret of(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("a secret is not empty");
    }
    return new Secret(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the text, to be put where it is used at once and nowhere else. */
  public String reveal() {
    return new String(text, StandardCharsets.UTF_8);
  }

  /** Returns the text in UTF-8, in an array of the caller's own. */
  public byte[] revealBytes() {
    return Arrays.copyOf(text, text.length);
  }

  /** Compares in a time that does not depend on where the texts differ. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && MessageDigest.isEqual(text, secret.text);
  }

  /** The same for all: a hash would tell something of the text. */
  @Override
  public int hashCode() {
    return 1;
  }

  /** Returns {@code ***}. */
  @Override
  public String toString() {
    return "***";
  }
}
