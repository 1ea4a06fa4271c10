package dev.codingplans.sample.settings;

import dev.codingplans.gateway.spi.InvalidSettingsException;
import dev.codingplans.gateway.spi.entitlement.Secret;
import java.net.URI;
import java.util.Map;

/** What the signatures of tokens are checked with. */
public sealed interface TokenKeys {

  /**
   * A secret that the gateway shares with whoever signs tokens (HS256).
   *
   * @param secret 32 bytes or more
   */
  record Shared(Secret secret) implements TokenKeys {}

  /**
   * The public keys of an identity provider (RS256, ES256).
   *
   * @param jwks where it publishes them
   */
  record Published(URI jwks) implements TokenKeys {}

  /** What the demo signs with. It is in a public repository, so it protects nothing. */
  String DEMO_SECRET = "demo-only-signing-secret-that-everybody-knows";

  /**
   * Reads {@code JWT_SECRET} or {@code JWT_JWKS_URL} alone, for commands that need nothing else.
   *
   * @throws InvalidSettingsException with every fault
   */
  static TokenKeys read(Map<String, String> settings, boolean demo) {
    var in = new SettingsReader(settings);
    var keys = read(in, demo);
    in.refuseFaults();
    return keys;
  }

  /** Reads {@code JWT_SECRET} or {@code JWT_JWKS_URL}. */
  static TokenKeys read(SettingsReader in, boolean demo) {
    var secret = in.find("JWT_SECRET");
    if (in.find("JWT_JWKS_URL").isPresent()) {
      if (secret.isPresent()) {
        in.fault("JWT_SECRET and JWT_JWKS_URL exclude each other: set one of them.");
      }
      if (demo) {
        in.fault("JWT_JWKS_URL is not for the demo, which signs the tokens of its log-ins itself.");
      }
      return new Published(in.httpUrl("JWT_JWKS_URL", URI.create("http://localhost")));
    }
    if (secret.isEmpty()) {
      in.fault("JWT_SECRET is required (32 bytes or more), or JWT_JWKS_URL in its place.");
    }
    secret
        .filter(value -> !(demo && value.equals(DEMO_SECRET)))
        .flatMap(value -> SharedSecretRules.fault("JWT_SECRET", value))
        .ifPresent(in::fault);
    return new Shared(Secret.of(secret.orElse("refused")));
  }
}
