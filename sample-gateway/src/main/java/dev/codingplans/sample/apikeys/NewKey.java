package dev.codingplans.sample.apikeys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.codingplans.sample.problem.ProblemException;
import dev.codingplans.sample.problem.Violation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * The key that a user asks for.
 *
 * @param name what the user will call it
 */
@Schema(name = "NewKey")
record NewKey(
    @Schema(minLength = 1, maxLength = NewKey.MAX_NAME, description = "printable characters")
        @Nullable String name) {

  static final int MAX_NAME = 100;

  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  /** Reads a body; none at all asks for a key without a name. */
  static NewKey read(byte[] body) {
    var json = parse(body);
    if (json.isMissingNode()) {
      return new NewKey(null);
    }
    if (!json.isObject()) {
      throw refuse("body", "it must be an object");
    }
    json.fieldNames()
        .forEachRemaining(
            field -> {
              if (!field.equals("name")) {
                throw refuse(field, "there is no such field");
              }
            });
    return new NewKey(name(json.path("name")));
  }

  private static JsonNode parse(byte[] body) {
    try {
      return body.length == 0 ? MissingNode.getInstance() : JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw refuse("body", "it is no JSON");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable String name(JsonNode json) {
    if (json.isMissingNode() || json.isNull()) {
      return null;
    }
    if (!json.isTextual() || !isName(json.textValue())) {
      throw refuse("name", "it must be a text of 1 to " + MAX_NAME + " printable characters");
    }
    return json.textValue();
  }

  private static boolean isName(String text) {
    return !text.isBlank()
        && text.codePointCount(0, text.length()) <= MAX_NAME
        && text.codePoints().allMatch(NewKey::isPrintable);
  }

  /** What a user id may hold, too. */
  private static boolean isPrintable(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static ProblemException refuse(String field, String message) {
    return ProblemException.invalid(new Violation(field, message));
  }
}
