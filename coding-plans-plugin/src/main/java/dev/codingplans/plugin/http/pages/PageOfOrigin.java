package dev.codingplans.plugin.http.pages;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;

/** The page that a form or a script's request came from, as the browser tells it. */
final class PageOfOrigin {

  private static final String HTMX_PAGE = "HX-Current-URL";

  private PageOfOrigin() {}

  /** Returns its path and query, or the first page if that is not known; never another host's. */
  static String of(HttpRequest<?> request) {
    return Stream.of(HTMX_PAGE, HttpHeaders.REFERER)
        .flatMap(name -> Optional.ofNullable(request.getHeaders().get(name)).stream())
        .flatMap(address -> local(address, request).stream())
        .findFirst()
        .orElse(Section.SUBSCRIPTIONS.path());
  }

  private static Optional<String> local(String address, HttpRequest<?> request) {
    try {
      var uri = URI.create(address);
      var own = request.getHeaders().get(HttpHeaders.HOST);
      return uri.getRawAuthority() != null && uri.getRawAuthority().equals(own)
          ? Optional.of(
              uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      // Falls through: no browser sends such a thing.
      return Optional.empty();
    }
  }
}
