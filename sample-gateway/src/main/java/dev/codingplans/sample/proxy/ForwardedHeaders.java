package dev.codingplans.sample.proxy;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MutableHttpHeaders;
import java.util.List;
import java.util.Locale;

/**
 * The headers that pass the gateway. Whatever is not named here stays behind: credentials, cookies,
 * forwarding headers, everything that is hop-by-hop, and the account names of the operator.
 */
final class ForwardedHeaders {

  private static final List<String> REQUEST =
      List.of("content-type", "accept", "anthropic-version", "anthropic-beta", "openai-beta");

  private static final List<String> RESPONSE =
      List.of("content-type", "cache-control", "request-id", "x-request-id", "retry-after");

  private static final List<String> RESPONSE_PREFIXES =
      List.of("x-ratelimit-", "anthropic-ratelimit-");

  private ForwardedHeaders() {}

  static void copyRequest(HttpHeaders from, MutableHttpHeaders to) {
    REQUEST.forEach(name -> copy(name, from, to));
    // Encoded answers could not be looked at, and the gateway may encode its own.
    to.set("accept-encoding", "identity");
    to.set("user-agent", "sample-gateway");
  }

  static void copyResponse(HttpHeaders from, MutableHttpHeaders to) {
    RESPONSE.forEach(name -> copy(name, from, to));
    for (var name : from.names()) {
      var lowerCase = name.toLowerCase(Locale.ROOT);
      if (RESPONSE_PREFIXES.stream().anyMatch(lowerCase::startsWith)) {
        copy(name, from, to);
      }
    }
  }

  private static void copy(String name, HttpHeaders from, MutableHttpHeaders to) {
    from.getAll(name).forEach(value -> to.add(name, value));
  }
}
