package dev.codingplans.plugin.vault;

import java.nio.ByteBuffer;

/**
 * The number of an encryption key. It is no secret: every ciphertext begins with that of its key.
 * Like in the text form of a keyset it is shown without a sign.
 */
public record KeyId(int value) implements Comparable<KeyId> {

  /** Tink's mark of a ciphertext that names its key, and the key's number. */
  static final int PREFIX_BYTES = 5;

  private static final byte TINK = 1;

  /**
   * Reads the number as it is shown.
   *
   * @throws NumberFormatException if it is none
   */
  public static KeyId parse(String text) {
    return new KeyId(Integer.parseUnsignedInt(text));
  }

  public static KeyId ofUnsigned(long number) {
    return new KeyId((int) number);
  }

  /**
   * Returns the key that a ciphertext names.
   *
   * @throws IllegalArgumentException if it names none
   */
  public static KeyId of(byte[] ciphertext) {
    if (ciphertext.length < PREFIX_BYTES || ciphertext[0] != TINK) {
      throw new IllegalArgumentException("the ciphertext names no key");
    }
    return new KeyId(ByteBuffer.wrap(ciphertext, 1, Integer.BYTES).getInt());
  }

  /** Returns what every ciphertext under the key begins with. */
  public byte[] prefix() {
    return ByteBuffer.allocate(PREFIX_BYTES).put(TINK).putInt(value).array();
  }

  /** Returns the number without a sign. */
  public long unsigned() {
    return Integer.toUnsignedLong(value);
  }

  @Override
  public int compareTo(KeyId other) {
    return Integer.compareUnsigned(value, other.value);
  }

  @Override
  public String toString() {
    return Integer.toUnsignedString(value);
  }
}
