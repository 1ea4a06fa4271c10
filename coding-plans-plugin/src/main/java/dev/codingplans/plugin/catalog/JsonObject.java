package dev.codingplans.plugin.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.plugin.settings.SettingsReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A JSON object of a setting, read field by field; what is wrong is noted with its JSON path. */
final class JsonObject {

  private final JsonNode node;
  private final String path;
  private final String setting;
  private final SettingsReader faults;

  JsonObject(JsonNode node, String path, String setting, SettingsReader faults) {
    this.node = node;
    this.path = path;
    this.setting = setting;
    this.faults = faults;
    if (!node.isObject()) {
      faults.fault(setting + ": " + path + ": it must be an object.");
    }
  }

  void fault(String field, String what) {
    faults.fault(setting + ": " + path + "." + field + ": " + what + ".");
  }

  /** Notes every field that is not among these. */
  void allow(List<String> allowed) {
    node.fieldNames()
        .forEachRemaining(
            field -> {
              if (!allowed.contains(field)) {
                fault(field, "there is no such field");
              }
            });
  }

  boolean has(String field) {
    return node.has(field);
  }

  Optional<String> text(String field) {
    var value = node.path(field);
    if (value.isTextual() && !value.textValue().isBlank()) {
      return Optional.of(value.textValue());
    }
    fault(field, value.isMissingNode() ? "it is missing" : "it must be a text");
    return Optional.empty();
  }

  /** Reads an id; all ids of a catalog have one form. */
  Optional<String> id(String field) {
    var text = text(field);
    if (text.isPresent() && !PlanId.isWellFormed(text.get())) {
      fault(field, "it must match [a-z0-9][a-z0-9-]{0,63}");
      return Optional.empty();
    }
    return text;
  }

  Optional<Long> number(String field, long least, long most) {
    var value = node.path(field);
    if (value.isIntegralNumber()
        && value.canConvertToLong()
        && value.longValue() >= least
        && value.longValue() <= most) {
      return Optional.of(value.longValue());
    }
    fault(
        field,
        value.isMissingNode()
            ? "it is missing"
            : "it must be a whole number from " + least + " to " + most);
    return Optional.empty();
  }

  /** Reads a list of texts; an absent one is empty. */
  List<String> texts(String field) {
    var array = node.path(field);
    if (array.isMissingNode()) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode each : array) {
      if (each.isTextual() && !each.textValue().isBlank()) {
        texts.add(each.textValue());
      }
    }
    if (!array.isArray() || texts.size() != array.size()) {
      fault(field, "it must be a list of texts");
    }
    return List.copyOf(texts);
  }

  List<JsonObject> objects(String field) {
    var array = node.path(field);
    if (!array.isArray()) {
      fault(field, array.isMissingNode() ? "it is missing" : "it must be a list");
      return List.of();
    }
    List<JsonObject> objects = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      objects.add(
          new JsonObject(array.get(i), path + "." + field + "[" + i + "]", setting, faults));
    }
    return objects;
  }
}
