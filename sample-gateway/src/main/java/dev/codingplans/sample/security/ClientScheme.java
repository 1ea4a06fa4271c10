package dev.codingplans.sample.security;

import dev.codingplans.gateway.spi.identity.RequestHead;
import io.micronaut.http.HttpRequest;
import java.util.Locale;
import java.util.Optional;

/**
 * The scheme by which a client reached the gateway: what a proxy in front says, otherwise that of
 * the connection. A client can claim the wrong one, to its own disadvantage only.
 */
public final class ClientScheme {

  /** The header in which a proxy tells it. */
  public static final String HEADER = "x-forwarded-proto";

  private static final String HTTP = "http";
  private static final String HTTPS = "https";

  private ClientScheme() {}

  /** Returns {@code http} or {@code https}. */
  public static String of(HttpRequest<?> request) {
    return Optional.ofNullable(request.getHeaders().get(HEADER))
        .map(ClientScheme::ofFirst)
        .orElse(request.isSecure() ? HTTPS : HTTP);
  }

  static boolean isHttps(RequestHead request) {
    return request.header(HEADER).map(ClientScheme::ofFirst).orElse(HTTP).equals(HTTPS);
  }

  /** Of several proxies in a row, the first one talks to the client. */
  private static String ofFirst(String forwarded) {
    var first = forwarded.split(",", 2)[0].strip().toLowerCase(Locale.ROOT);
    return first.equals(HTTPS) ? HTTPS : HTTP;
  }
}
