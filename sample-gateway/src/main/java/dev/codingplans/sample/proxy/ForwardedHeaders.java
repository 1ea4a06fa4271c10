package dev.codingplans.sample.proxy;

import dev.codingplans.gateway.spi.entitlement.Secret;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MutableHttpHeaders;
import java.util.List;

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
    for (var name : REQUEST) {
      copy(name, from, to);
    }
    // Encoded answers could not be looked at, and the gateway may encode its own.
    to.set("accept-encoding", "identity");
    to.set("user-agent", "sample-gateway");
  }

  /** Leaves behind what holds the key that was used: a provider may echo it. */
  static void copyResponse(HttpHeaders from, MutableHttpHeaders to, Secret used) {
    for (var name : RESPONSE) {
      copy(name, from, to, used);
    }
    for (var name : from.names()) {
      if (isOfRateLimits(name) && !Redaction.holds(name, used)) {
        copy(name, from, to, used);
      }
    }
  }

  private static boolean isOfRateLimits(String name) {
    for (var prefix : RESPONSE_PREFIXES) {
      if (name.regionMatches(true, 0, prefix, 0, prefix.length())) {
        return true;
      }
    }
    return false;
  }

  private static void copy(String name, HttpHeaders from, MutableHttpHeaders to, Secret used) {
    for (var value : from.getAll(name)) {
      if (!Redaction.holds(value, used)) {
        to.add(name, value);
      }
    }
  }

  private static void copy(String name, HttpHeaders from, MutableHttpHeaders to) {
    for (var value : from.getAll(name)) {
      to.add(name, value);
    }
  }
}
