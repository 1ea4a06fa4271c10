package dev.codingplans.sample.security;

import dev.codingplans.gateway.spi.identity.RequestHead;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where a request comes from, as a browser tells. It matters for requests that change something and
 * that a browser sends with a cookie: it sends the cookie along whichever page asks it to.
 */
public final class RequestOrigin {

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  /** How a browser asks for a page to show. */
  private static final String NAVIGATION = "navigate";

  /** {@code none} is the person: a bookmark, or an address that was typed. */
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

  private RequestOrigin() {}

  /**
   * Tells whether another site's page did not make the request, or only leads to a page of ours,
   * which it cannot see.
   */
  static boolean isHarmless(RequestHead request) {
    return !isForeign(request) || (SAFE.contains(request.method()) && isNavigation(request));
  }

  private static boolean isNavigation(RequestHead request) {
    return request.header("sec-fetch-mode").map(NAVIGATION::equals).orElse(true);
  }

  /** Tells whether a page of another origin made the request; not if no browser sent it. */
  public static boolean isForeign(RequestHead request) {
    var site = request.header("sec-fetch-site");
    if (site.isPresent() && !OWN_SITES.contains(site.get())) {
      return true;
    }
    var origin = request.header("origin");
    return origin.isPresent() && !isHost(origin.get(), request.header("host"));
  }

  /** Compares host and port. Not the scheme, which a proxy in front may have changed. */
  private static boolean isHost(String origin, Optional<String> host) {
    var parts = origin.toLowerCase(Locale.ROOT).split("://", 2);
    if (parts.length < 2 || host.isEmpty()) {
      return false; // "null", for example: the browser hides where it comes from
    }
    var defaultPort = parts[0].equals("https") ? ":443" : ":80";
    return without(defaultPort, parts[1])
        .equals(without(defaultPort, host.get().toLowerCase(Locale.ROOT)));
  }

  private static String without(String end, String text) {
    return text.endsWith(end) ? text.substring(0, text.length() - end.length()) : text;
  }
}
