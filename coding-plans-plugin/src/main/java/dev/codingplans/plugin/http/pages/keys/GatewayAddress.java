package dev.codingplans.plugin.http.pages.keys;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/** The address at which the viewer's browser has found the gateway, for programs to call. */
final class GatewayAddress {

  private static final String SCHEME = "x-forwarded-proto";

  /** Names, addresses and ports: nothing that a shell or a program would read as more. */
  private static final Pattern AUTHORITY = Pattern.compile("[A-Za-z0-9._:\\[\\]-]{1,255}");

  private static final String UNKNOWN = "gateway.example";

  private GatewayAddress() {}

  /** Returns for example {@code https://gateway.example:8443}, without a path. */
  static String of(HttpRequest<?> request) {
    var host =
        Optional.ofNullable(request.getHeaders().get(HttpHeaders.HOST))
            .filter(text -> AUTHORITY.matcher(text).matches())
            .orElse(UNKNOWN);
    return scheme(request) + "://" + host;
  }

  private static String scheme(HttpRequest<?> request) {
    var forwarded = request.getHeaders().get(SCHEME);
    return "https".equalsIgnoreCase(forwarded) ? "https" : "http";
  }
}
