package dev.codingplans.sample.metered;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Set;

/**
 * Lets only text pass. The bytes of a picture, or its address, say nothing of what it costs, and
 * neither does what a provider's own tools fetch.
 */
final class TextOnly {

  private static final Set<String> TYPES =
      Set.of(
          "text",
          "input_text",
          "output_text",
          "refusal",
          "thinking",
          "redacted_thinking",
          "tool_use",
          "tool_result",
          "function",
          "custom");

  private static final Set<String> OTHERS =
      Set.of(
          "image_url",
          "image",
          "input_image",
          "input_audio",
          "audio",
          "video",
          "video_url",
          "file",
          "file_id",
          "document");

  /** What a tool is called with is the caller's own, whatever the fields are called. */
  private static final Set<String> FREE =
      Set.of("input", "arguments", "parameters", "input_schema", "cache_control");

  private TextOnly() {}

  /** Reads the value that the parser stands at, whatever is in it. */
  static void read(JsonParser parser) throws IOException {
    var depth = 0;
    do {
      switch (parser.currentToken()) {
        case START_OBJECT, START_ARRAY -> depth++;
        case END_OBJECT, END_ARRAY -> depth--;
        case FIELD_NAME -> readField(parser);
        default -> {}
      }
    } while (depth > 0 && parser.nextToken() != null);
  }

  private static void readField(JsonParser parser) throws IOException {
    var name = parser.currentName();
    if (OTHERS.contains(name)) {
      throw refusal();
    }
    if (FREE.contains(name)) {
      parser.nextToken();
      parser.skipChildren();
    } else if (name.equals("type")) {
      readType(parser);
    }
  }

  private static void readType(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.VALUE_STRING || !TYPES.contains(parser.getText())) {
      throw refusal();
    }
  }

  private static UnsellableException refusal() {
    return new UnsellableException("Only text can be paid from credits.");
  }
}
