package dev.codingplans.sample.security;

import dev.codingplans.gateway.spi.identity.RequestHead;
import java.util.Optional;

/**
 * The token by which the caller of a console or of the host's own API is known: that in {@code
 * Authorization: Bearer}, otherwise that of the browser's session. Not for inference, which a
 * browser does not call.
 */
final class CallerToken {

  private CallerToken() {}

  static Optional<String> in(RequestHead request) {
    return BearerToken.in(request).or(() -> ofSession(request));
  }

  private static Optional<String> ofSession(RequestHead request) {
    return RequestOrigin.isHarmless(request) ? SessionCookie.tokenIn(request) : Optional.empty();
  }
}
