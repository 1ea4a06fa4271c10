package dev.codingplans.sample.metered;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** What the model wrote, in an answer or in an event of one. */
final class Written {

  /** Where answers hold it, whole or in pieces. */
  private static final List<String> PLACES = List.of("choices", "content", "delta");

  private static final Set<String> FIELDS =
      Set.of("content", "reasoning_content", "text", "thinking", "partial_json", "arguments");

  private Written() {}

  /** Tells whether the field, within that field of the whole, holds text of the model. */
  static boolean isText(String place, String field) {
    return PLACES.contains(place) && FIELDS.contains(field);
  }

  static long bytes(JsonNode json) {
    return PLACES.stream().mapToLong(place -> within(json.path(place))).sum();
  }

  static long bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static long within(JsonNode json) {
    var bytes = 0L;
    for (var field : json.properties()) {
      var value = field.getValue();
      bytes +=
          value.isTextual() && FIELDS.contains(field.getKey())
              ? bytes(value.textValue())
              : within(value);
    }
    for (var element : json.isArray() ? json : List.<JsonNode>of()) {
      bytes += within(element);
    }
    return bytes;
  }
}
