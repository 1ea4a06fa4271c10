package dev.codingplans.plugin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codingplans.plugin.cli.Failure.Kind;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.Stream;

/** How a gateway's refusal is told: its sentence, its code, and what to look for in its log. */
final class Problem {

  private static final int BAD_GATEWAY = 502;

  private Problem() {}

  /**
   * Returns the failure that an answer is.
   *
   * @param body RFC 9457, or anything else if it is not the gateway that answers
   */
  static Failure of(int status, JsonNode body, Optional<String> correlationId) {
    var lines = new ArrayList<String>();
    lines.add(
        text(body, "detail").orElse("The gateway answered " + status + ".")
            + mark(body, correlationId));
    if (body.path("violations").size() > 1) {
      body.path("violations")
          .forEach(
              violation ->
                  lines.add(
                      "  - "
                          + text(violation, "field").orElse("?")
                          + ": "
                          + text(violation, "message").orElse("?")));
    }
    var kind = status >= BAD_GATEWAY ? Kind.UNAVAILABLE : Kind.REFUSED;
    return new Failure(kind, String.join(System.lineSeparator(), lines));
  }

  private static String mark(JsonNode body, Optional<String> correlationId) {
    var parts =
        Stream.concat(
                text(body, "code").stream(),
                text(body, "correlationId")
                    .or(() -> correlationId.map(Cell::printable))
                    .map(id -> "correlation id " + id)
                    .stream())
            .toList();
    return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
  }

  private static Optional<String> text(JsonNode node, String field) {
    return Optional.of(node.path(field))
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText)
        .map(Cell::printable);
  }
}
