package dev.codingplans.sample.proxy;

import dev.codingplans.gateway.spi.entitlement.Secret;
import java.util.Arrays;

/**
 * Looks for a key in bytes, whatever the case of its letters. It compares from the key's end and,
 * where that cannot be, goes on by as much as the key is long (Horspool, 1980): of an answer
 * without the key only a fraction is read, and nothing is copied.
 */
final class KeySearch {

  private final byte[] key;
  private final int[] step = new int[256];

  private KeySearch(byte[] key) {
    this.key = key;
    Arrays.fill(step, key.length);
    for (int i = 0; i < key.length - 1; i++) {
      step[key[i] & 0xff] = key.length - 1 - i;
    }
  }

  static KeySearch of(Secret secret) {
    var key = secret.revealBytes();
    for (int i = 0; i < key.length; i++) {
      key[i] = lowerCase(key[i]);
    }
    return new KeySearch(key);
  }

  boolean isIn(byte[] text) {
    var last = key.length - 1;
    for (int end = last; end < text.length; end += step[lowerCase(text[end]) & 0xff]) {
      if (endsAt(end, text)) {
        return true;
      }
    }
    return false;
  }

  private boolean endsAt(int end, byte[] text) {
    var start = end - (key.length - 1);
    for (int i = key.length - 1; i >= 0; i--) {
      if (lowerCase(text[start + i]) != key[i]) {
        return false;
      }
    }
    return true;
  }

  private static byte lowerCase(byte letter) {
    return letter >= 'A' && letter <= 'Z' ? (byte) (letter + ('a' - 'A')) : letter;
  }
}
