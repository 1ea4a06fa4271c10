package dev.codingplans.sample.signin;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MutableHttpResponse;
import java.util.Map;

/** The headers of every answer here that a browser shows or follows. */
final class PageHeaders {

  /** A page without scripts, which nobody may frame, and whose forms go nowhere else. */
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self';"
          + " base-uri 'none'; frame-ancestors 'none'";

  /**
   * The referrer is named to this site, for without it browsers do not tell where a form was sent
   * from.
   */
  private static final Map<CharSequence, CharSequence> ALL =
      Map.of(
          "Content-Security-Policy",
          POLICY,
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "same-origin",
          HttpHeaders.CACHE_CONTROL,
          "no-store");

  private PageHeaders() {}

  static <T> MutableHttpResponse<T> on(MutableHttpResponse<T> response) {
    return response.headers(ALL);
  }
}
