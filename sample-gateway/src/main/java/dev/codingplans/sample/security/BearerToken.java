package dev.codingplans.sample.security;

import dev.codingplans.gateway.spi.identity.RequestHead;
import java.util.Optional;

/** What stands in {@code Authorization: Bearer}. */
public final class BearerToken {

  private static final String SCHEME = "Bearer ";

  private BearerToken() {}

  /** Returns the token of a request, if it has one. */
  public static Optional<String> in(RequestHead request) {
    return request.header("authorization").flatMap(BearerToken::in);
  }

  /** Returns the token of a header's value, if there is one. */
  static Optional<String> in(String authorization) {
    return Optional.of(authorization)
        .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .map(header -> header.substring(SCHEME.length()).strip())
        .filter(token -> !token.isEmpty());
  }
}
