package dev.codingplans.plugin.http;

import dev.codingplans.plugin.refusal.Refusal;
import dev.codingplans.plugin.vault.Vault;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * Keys of rows as clients carry them from page to page: opaque, good for one list, and of no use
 * once altered. All nodes make the same ones.
 */
@Singleton
public class Cursors {

  private static final int SEAL_BYTES = 16;

  private final SecretKey seals;

  Cursors(Vault vault) {
    this.seals = vault.keyFor("cursors");
  }

  /** Returns the cursor for a row of the list that is at the path. */
  public String of(String path, String key) {
    var text = key.getBytes(StandardCharsets.UTF_8);
    var sealed = Arrays.copyOf(text, text.length + SEAL_BYTES);
    System.arraycopy(seal(path, text), 0, sealed, text.length, SEAL_BYTES);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
  }

  /** Refuses what is no cursor of the list at the path. */
  void require(String path, String cursor) {
    // Made again as a whole: other spellings of the same bytes are none of ours either.
    var made = of(path, keyIn(cursor)).getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(made, cursor.getBytes(StandardCharsets.UTF_8))) {
      throw unknown();
    }
  }

  /** Returns the key of a cursor whose seal has been checked. */
  static String keyIn(String cursor) {
    try {
      var sealed = Base64.getUrlDecoder().decode(cursor);
      if (sealed.length > SEAL_BYTES) {
        return new String(sealed, 0, sealed.length - SEAL_BYTES, StandardCharsets.UTF_8);
      }
    } catch (IllegalArgumentException e) {
      // Falls through: it is none of our cursors.
    }
    throw unknown();
  }

  static Refusal unknown() {
    return Refusal.invalid("cursor", "it is not one that this list gave");
  }

  private byte[] seal(String path, byte[] key) {
    try {
      var mac = Mac.getInstance(seals.getAlgorithm());
      mac.init(seals);
      mac.update(path.getBytes(StandardCharsets.UTF_8));
      // No path has one, so where the key starts is never in doubt.
      mac.update((byte) 0);
      return mac.doFinal(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has HMAC-SHA256", e);
    }
  }
}
