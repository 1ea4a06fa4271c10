package dev.codingplans.sample.proxy;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.gateway.spi.identity.UserId;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names that stand for users at a provider. They tell nothing of the user, and two providers see
 * different ones (E7).
 */
@Singleton
final class Pseudonyms {

  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  Pseudonyms(ProxySettings settings) {
    this.key = keySpec(settings.pseudonymKey());
  }

  /** Derives a key for pseudonyms from a secret that serves another purpose. */
  static Secret keyFrom(Secret master) {
    return Secret.of(hmac(keySpec(master), "provider pseudonyms"));
  }

  /** Returns 64 hexadecimal digits: the longest that providers take. */
  String of(ProviderId provider, UserId user) {
    // No provider id holds a line feed, so no two pairs make the same text.
    return hmac(key, provider.value() + "\n" + user.value());
  }

  private static String hmac(SecretKeySpec key, String text) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
    }
  }

  private static SecretKeySpec keySpec(Secret secret) {
    return new SecretKeySpec(secret.revealBytes(), ALGORITHM);
  }
}
