package dev.codingplans.sample.proxy;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.sample.security.Hmac;
import jakarta.inject.Singleton;

/**
 * Names that stand for users at a provider. They tell nothing of the user, and two providers see
 * different ones (E7).
 */
@Singleton
final class Pseudonyms {

  private final Hmac digests;

  Pseudonyms(ProxySettings settings) {
    this.digests = new Hmac(settings.pseudonymKey());
  }

  /** Returns 64 hexadecimal digits: the longest that providers take. */
  String of(ProviderId provider, UserId user) {
    // No provider id holds a line feed, so no two pairs make the same text.
    return digests.hex(provider.value() + "\n" + user.value());
  }
}
