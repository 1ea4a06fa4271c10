package dev.codingplans.sample.security;

import dev.codingplans.gateway.spi.entitlement.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keyed digests (HMAC-SHA256) of texts under one key. Safe for all threads. */
public final class Hmac {

  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  /** Makes digests under the key. */
  public Hmac(Secret key) {
    this.key = new SecretKeySpec(key.revealBytes(), ALGORITHM);
  }

  /** Returns 32 bytes. */
  public byte[] bytes(String text) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
    }
  }

  /** Returns 64 hexadecimal digits. */
  public String hex(String text) {
    return HexFormat.of().formatHex(bytes(text));
  }
}
