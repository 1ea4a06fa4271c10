package dev.codingplans.sample.security;

import dev.codingplans.gateway.spi.identity.RequestHead;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The cookie by which a browser stays signed in. It holds the token itself: nothing is to be stored
 * or shared between nodes, and a session is good exactly as long as its token, also when an
 * identity provider changes its keys. No script can read it.
 *
 * <p>Only on loopback it goes over a connection without encryption. Everywhere else its name makes
 * browsers refuse one that another host of the same domain planted.
 */
public final class SessionCookie {

  private static final String NAME = "gateway-session";
  private static final String SECURE_NAME = "__Host-" + NAME;

  /** Browsers drop a cookie whose name and value are longer, without a word. */
  private static final int MOST = 4096 - SECURE_NAME.length();

  /** A JWT; all of its characters may be in a cookie. */
  private static final Pattern TOKEN = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");

  private static final Pattern LOOPBACK =
      Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d+)?");

  private SessionCookie() {}

  /** Tells whether a text can be a token at all. */
  public static boolean isToken(String text) {
    return TOKEN.matcher(text).matches();
  }

  /** Tells whether a browser would keep the token. */
  public static boolean holds(String token) {
    return token.length() <= MOST;
  }

  /** Tells whether a browser would keep the cookie, given how it reached the gateway. */
  public static boolean isKept(RequestHead request) {
    return ClientScheme.isHttps(request) || isOnLoopback(request);
  }

  /** Returns the token that the request's cookie holds. */
  static Optional<String> tokenIn(RequestHead request) {
    var name = name(request);
    return request.headers().getOrDefault("cookie", List.of()).stream()
        .flatMap(header -> ServerCookieDecoder.STRICT.decodeAll(header).stream())
        .filter(cookie -> cookie.name().equals(name))
        .map(io.netty.handler.codec.http.cookie.Cookie::value)
        .filter(SessionCookie::isToken)
        .findFirst();
  }

  /** Makes the cookie that answers a request to sign in. */
  public static Cookie of(String token, Duration timeToLive, RequestHead request) {
    return Cookie.of(name(request), token)
        .httpOnly()
        .secure(isSecure(request))
        .sameSite(SameSite.Strict)
        .path("/")
        .maxAge(timeToLive);
  }

  /** Makes the cookie that ends a session. */
  public static Cookie ended(RequestHead request) {
    return of("", Duration.ZERO, request);
  }

  private static String name(RequestHead request) {
    return isSecure(request) ? SECURE_NAME : NAME;
  }

  private static boolean isSecure(RequestHead request) {
    return ClientScheme.isHttps(request) || !isOnLoopback(request);
  }

  private static boolean isOnLoopback(RequestHead request) {
    return request
        .header("host")
        .map(host -> LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches())
        .orElse(false);
  }
}
