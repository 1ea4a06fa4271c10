package dev.codingplans.sample.apikeys;

import dev.codingplans.sample.security.Hmac;
import dev.codingplans.sample.security.HostSecret;
import jakarta.inject.Singleton;

/** Turns keys into what is stored of them: nobody makes a key from it, or finds one without us. */
@Singleton
final class KeyDigests {

  private final Hmac digests;

  KeyDigests(HostSecret secret) {
    this.digests = new Hmac(secret.keyFor("API keys"));
  }

  /** Returns 64 hexadecimal digits. */
  String of(KeyText key) {
    return digests.hex(key.secret().reveal());
  }
}
