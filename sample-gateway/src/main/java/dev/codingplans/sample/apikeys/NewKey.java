package dev.codingplans.sample.apikeys;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.codingplans.sample.problem.ProblemException;
import dev.codingplans.sample.problem.Violation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.io.IOException;
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

  /** What a name must be. */
  static final String NAME_FORM = "it must be a text of 1 to " + MAX_NAME + " printable characters";

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** Reads a body, as far as it is right; none at all asks for a key without a name. */
  static NewKey read(byte[] body) {
    if (body.length == 0) {
      return new NewKey(null);
    }
    try (var json = JSON.createParser(body)) {
      return read(json);
    } catch (IOException e) {
      // Of a byte array: it is the text that is wrong.
      throw refuse("body", "it is no JSON");
    }
  }

  private static NewKey read(JsonParser json) throws IOException {
    var first = json.nextToken();
    if (first == null) {
      return new NewKey(null);
    }
    if (first != JsonToken.START_OBJECT) {
      throw refuse("body", "it must be an object");
    }
    String name = null;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      if (!json.currentName().equals("name")) {
        throw refuse(json.currentName(), "there is no such field");
      }
      name = name(json);
    }
    if (json.nextToken() != null) {
      throw refuse("body", "it is no JSON");
    }
    return new NewKey(name);
  }

  private static @Nullable String name(JsonParser json) throws IOException {
    var value = json.nextToken();
    if (value == JsonToken.VALUE_NULL) {
      return null;
    }
    if (value != JsonToken.VALUE_STRING || !isName(json.getText())) {
      throw refuse("name", NAME_FORM);
    }
    return json.getText();
  }

  /** Tells whether a key can have this name. */
  static boolean isName(String text) {
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
