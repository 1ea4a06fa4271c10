package dev.codingplans.sample.proxy;

import io.micronaut.http.HttpRequest;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** What names a request in logs and answers: the host's id, else the client's, else a new one. */
final class CorrelationId {

  static final String HEADER = "x-correlation-id";

  /** The request attribute in which the host's filter leaves the id. */
  private static final String ATTRIBUTE = "correlationId";

  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

  private CorrelationId() {}

  static String of(HttpRequest<?> request) {
    return request
        .getAttribute(ATTRIBUTE, String.class)
        .or(() -> sent(request))
        .orElseGet(() -> UUID.randomUUID().toString());
  }

  private static Optional<String> sent(HttpRequest<?> request) {
    return Optional.ofNullable(request.getHeaders().get(HEADER))
        .filter(id -> SAFE.matcher(id).matches());
  }
}
