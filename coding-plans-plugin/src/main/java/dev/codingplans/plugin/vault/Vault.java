package dev.codingplans.plugin.vault;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Mac;
import dev.codingplans.gateway.spi.entitlement.Secret;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Encrypts secrets for rest and fingerprints them (I6). */
@Singleton
public class Vault {

  private final Aead encryption;
  private final Mac fingerprint;

  Vault(Keyset keyset) throws GeneralSecurityException {
    this.encryption = keyset.encryption();
    this.fingerprint = keyset.fingerprint();
  }

  /** Encrypts a secret so that it decrypts nowhere but at its place. */
  public byte[] encrypt(Secret secret, Place place) {
    try {
      return encryption.encrypt(secret.revealBytes(), place.associatedData());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("encryption failed for " + place, e);
    }
  }

  /**
   * Decrypts what was encrypted for the place.
   *
   * @throws UndecipherableException if it was encrypted for another place or under another keyset
   */
  public Secret decrypt(byte[] ciphertext, Place place) {
    try {
      return Secret.of(
          new String(
              encryption.decrypt(ciphertext, place.associatedData()), StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new UndecipherableException(place);
    }
  }

  /**
   * Encrypts a ciphertext anew, under the primary key and for the same place.
   *
   * @throws UndecipherableException if it was encrypted for another place or under another keyset
   */
  public byte[] reencrypt(byte[] ciphertext, Place place) {
    return encrypt(decrypt(ciphertext, place), place);
  }

  /** Returns a keyed hash that is the same for the same secret, and tells nothing of it. */
  public byte[] fingerprint(Secret secret) {
    try {
      return fingerprint.computeMac(secret.revealBytes());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a fingerprint cannot be computed", e);
    }
  }

  /**
   * Returns a key for HMAC-SHA256 with one purpose, the same on all nodes and for as long as the
   * fingerprints are; it tells nothing of the keys for others.
   */
  public SecretKey keyFor(String purpose) {
    try {
      // No secret starts with a zero byte: no fingerprint is ever such a key.
      var text = ("\0key for " + purpose).getBytes(StandardCharsets.UTF_8);
      return new SecretKeySpec(fingerprint.computeMac(text), "HmacSHA256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key cannot be derived", e);
    }
  }

  /** Thrown if a ciphertext does not belong where it is found, or the keyset is wrong. */
  public static final class UndecipherableException extends RuntimeException {

    UndecipherableException(Place place) {
      super("the ciphertext at " + place + " cannot be decrypted");
    }
  }
}
