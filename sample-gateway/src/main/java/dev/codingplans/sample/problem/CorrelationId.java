package dev.codingplans.sample.problem;

import io.micronaut.http.HttpRequest;
import java.util.UUID;
import java.util.regex.Pattern;

/** The id that joins a request, its answer and the lines that it leaves in the logs. */
public final class CorrelationId {

  /** The header that carries it, both ways. */
  public static final String HEADER = "x-correlation-id";

  private static final String ATTRIBUTE = "dev.codingplans.correlation-id";
  private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private CorrelationId() {}

  /** Returns the request's id: its own if that is sane, otherwise one made at the first call. */
  public static String of(HttpRequest<?> request) {
    if (request.getAttributes().getValue(ATTRIBUTE) instanceof String known) {
      return known;
    }
    var sent = request.getHeaders().get(HEADER);
    var id = sent != null && SANE.matcher(sent).matches() ? sent : UUID.randomUUID().toString();
    request.setAttribute(ATTRIBUTE, id);
    return id;
  }
}
