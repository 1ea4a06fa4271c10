package dev.codingplans.plugin.provider.minimax;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.OptionalInt;

/**
 * Finds {@code base_resp.status_code} in an answer, and passes over all else: every answer to a
 * user is looked at, most are text, and hardly any is a failure.
 */
final class StatusCode {

  private static final JsonFactory JSON = new JsonFactory();

  private StatusCode() {}

  /** Returns the code; empty if there is none before the bytes end or are no longer JSON. */
  static OptionalInt in(byte[] start) {
    try (var parser = JSON.createParser(start)) {
      return parser.nextToken() == JsonToken.START_OBJECT && enters(parser, "base_resp")
          ? codeIn(parser)
          : OptionalInt.empty();
    } catch (IOException e) {
      // Not passed on: the parser quotes what it could not read.
      return OptionalInt.empty();
    }
  }

  private static OptionalInt codeIn(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT
        || !enters(parser, "status_code")
        || parser.currentToken() != JsonToken.VALUE_NUMBER_INT
        || parser.getNumberType() != JsonParser.NumberType.INT) {
      return OptionalInt.empty();
    }
    var code = parser.getIntValue();
    // Only what follows shows that the number is whole.
    parser.nextToken();
    return OptionalInt.of(code);
  }

  /** Goes on to the value of a field of the object that the parser is in. */
  private static boolean enters(JsonParser parser, String field) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var found = parser.currentName().equals(field);
      parser.nextToken();
      if (found) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }
}
