package dev.codingplans.plugin.http.pages;

import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.plugin.vault.Vault;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * Proofs that a form is one of ours and was given to whoever sends it. They hold for one sign-in,
 * on all nodes, and nothing of them is stored.
 */
@Singleton
final class Csrf {

  /** The name of the form's field. */
  static final String FIELD = "csrf";

  /** What tells one sign-in from another; of the claims, hosts give those that they have. */
  private static final List<String> SIGN_IN = List.of("iat", "exp", "jti");

  private final SecretKey key;

  Csrf(Vault vault) {
    this.key = vault.keyFor("csrf");
  }

  String tokenFor(Caller caller) {
    try {
      var mac = Mac.getInstance(key.getAlgorithm());
      mac.init(key);
      var text = signIn(caller) + "\0" + caller.user();
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has HMAC-SHA256", e);
    }
  }

  private static String signIn(Caller caller) {
    return SIGN_IN.stream()
        .map(claim -> caller.claims().getOrDefault(claim, ""))
        .collect(Collectors.joining("\0"));
  }

  boolean accepts(String token, Caller caller) {
    return MessageDigest.isEqual(
        token.getBytes(StandardCharsets.UTF_8), tokenFor(caller).getBytes(StandardCharsets.UTF_8));
  }
}
