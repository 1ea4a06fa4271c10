package dev.codingplans.sample.security;

import dev.codingplans.gateway.spi.entitlement.Secret;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The secret of this host, from which every key is derived that must outlive a run and is the same
 * on all nodes.
 */
public final class HostSecret {

  private static final int BYTES = 32;

  private final Hmac derivation;

  HostSecret(Secret secret) {
    this.derivation = new Hmac(secret);
  }

  static Secret fresh() {
    var bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return Secret.of(HexFormat.of().formatHex(bytes));
  }

  /** Returns the key for one purpose; it tells nothing of the keys for others. */
  public Secret keyFor(String purpose) {
    return Secret.of(derivation.hex(purpose));
  }

  /** Returns what tells this secret from another one. */
  String fingerprint() {
    return derivation.hex("fingerprint");
  }
}
