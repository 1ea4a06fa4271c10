package dev.codingplans.sample.mount;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MutableHttpHeaders;
import java.util.Arrays;
import java.util.List;

/** The headers that belong to one connection and are not passed on (RFC 9110, 7.6.1). */
final class HopByHopHeaders {

  private static final List<String> NAMES =
      List.of(
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "upgrade");

  private HopByHopHeaders() {}

  /** Leaves {@code transfer-encoding} to the connection's own codec, which knows the framing. */
  static void remove(MutableHttpHeaders headers) {
    headers.getAll(HttpHeaders.CONNECTION).stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList()
        .forEach(headers::remove);
    headers.remove(HttpHeaders.CONNECTION);
    NAMES.forEach(headers::remove);
  }
}
