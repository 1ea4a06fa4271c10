package dev.codingplans.sample.proxy;

import static dev.codingplans.sample.proxy.Refusal.Code.INVALID_REQUEST;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.codingplans.sample.proxy.RequestBody.Span;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One pass over a request body that finds the model and the user's names by their place. A field
 * that comes twice is refused: the provider could read the other one.
 */
final class BodyScan {

  // Without detection every body is read as UTF-8, which is what JSON on the wire is.
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private final JsonParser parser;
  private final Set<UserField> seen = new HashSet<>();
  private final List<Span> userAt = new ArrayList<>();
  private @Nullable String model;
  private @Nullable Span modelAt;

  private BodyScan(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * Scans a body.
   *
   * @throws RefusalException if it is not one JSON object that names a model
   */
  static RequestBody scan(byte[] json) {
    try (var parser = JSON.createParser(json)) {
      return new BodyScan(parser).read(json);
    } catch (JsonProcessingException e) {
      throw invalid("The body is not well-formed JSON.");
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory failed", e);
    }
  }

  private RequestBody read(byte[] json) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw invalid("The body must be a JSON object.");
    }
    scanObject(UserField.TOP_LEVEL);
    if (parser.nextToken() != null) {
      throw invalid("The body must be a single JSON object.");
    }
    if (model == null || modelAt == null) {
      throw invalid("'model' is required.");
    }
    return new RequestBody(json, model, modelAt, userAt);
  }

  private void scanObject(String parent) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var name = parser.currentName();
      parser.nextToken();
      scanField(new UserField(parent, name));
    }
  }

  private void scanField(UserField field) throws IOException {
    var topLevel = field.parent().equals(UserField.TOP_LEVEL);
    if (topLevel && field.name().equals("model")) {
      requireFirst(field);
      scanModel();
    } else if (field.namesUser()) {
      requireFirst(field);
      scanUser();
    } else if (field.holdsUser()) {
      requireFirst(field);
      scanParent(field.name());
    } else {
      parser.skipChildren();
    }
  }

  private void scanModel() throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw invalid("'model' must be a string.");
    }
    model = parser.getText();
    modelAt = span();
  }

  private void scanUser() throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_NULL) {
      userAt.add(span());
    }
  }

  private void scanParent(String name) throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      scanObject(name);
    } else {
      parser.skipChildren();
    }
  }

  private void requireFirst(UserField field) {
    if (!seen.add(field)) {
      throw invalid("'" + field.name() + "' must not be given twice.");
    }
  }

  /** Consumes the current value. */
  private Span span() throws IOException {
    var start = parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    parser.finishToken();
    return new Span(
        Math.toIntExact(start), Math.toIntExact(parser.currentLocation().getByteOffset()));
  }

  private static RefusalException invalid(String message) {
    return Refusal.of(INVALID_REQUEST, message).asException();
  }
}
