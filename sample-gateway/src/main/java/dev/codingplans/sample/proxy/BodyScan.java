package dev.codingplans.sample.proxy;

import static dev.codingplans.sample.proxy.Refusal.Code.INVALID_REQUEST;

import dev.codingplans.sample.proxy.RequestBody.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One pass over a request body that finds the model and the user's names by their place. A field
 * that comes twice is refused: the provider could read the other one.
 *
 * <p>Every field of the body and of an object that may name the user passes {@link #scanField}:
 * whoever must know another one finds it there.
 */
final class BodyScan {

  private final JsonScanner json;
  private final Set<UserField> seen = new HashSet<>();
  private final List<Span> userAt = new ArrayList<>();
  private @Nullable String model;
  private @Nullable Span modelAt;

  private BodyScan(JsonScanner json) {
    this.json = json;
  }

  /**
   * Scans a body.
   *
   * @throws RefusalException if it is not one JSON object that names a model
   */
  static RequestBody scan(byte[] json) {
    try {
      return new BodyScan(new JsonScanner(json)).read(json);
    } catch (JsonScanner.MalformedException e) {
      throw invalid("The body is not well-formed JSON.");
    }
  }

  private RequestBody read(byte[] bytes) {
    if (json.next() != '{') {
      throw invalid("The body must be a JSON object.");
    }
    scanObject(UserField.TOP_LEVEL);
    json.end();
    if (model == null || modelAt == null) {
      throw invalid("'model' is required.");
    }
    return new RequestBody(bytes, model, modelAt, userAt);
  }

  private void scanObject(String parent) {
    json.object(name -> scanField(new UserField(parent, json.text(name))));
  }

  private void scanField(UserField field) {
    if (field.isModel()) {
      requireFirst(field);
      scanModel();
    } else if (field.namesUser()) {
      requireFirst(field);
      scanUser();
    } else if (field.holdsUser()) {
      requireFirst(field);
      scanParent(field.name());
    } else {
      json.value();
    }
  }

  private void scanModel() {
    if (json.next() != '"') {
      throw invalid("'model' must be a string.");
    }
    modelAt = json.value();
    model = json.text(modelAt);
  }

  private void scanUser() {
    var isNull = json.next() == 'n';
    var at = json.value();
    if (!isNull) {
      userAt.add(at);
    }
  }

  private void scanParent(String name) {
    if (json.next() == '{') {
      scanObject(name);
    } else {
      json.value();
    }
  }

  private void requireFirst(UserField field) {
    if (!seen.add(field)) {
      throw invalid("'" + field.name() + "' must not be given twice.");
    }
  }

  private static RefusalException invalid(String message) {
    return Refusal.of(INVALID_REQUEST, message).asException();
  }
}
