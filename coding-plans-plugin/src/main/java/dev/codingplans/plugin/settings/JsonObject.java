package dev.codingplans.plugin.settings;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.codingplans.gateway.spi.catalog.PlanId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A JSON object of a setting, read field by field; what is wrong is noted with its JSON path. */
public final class JsonObject {

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final JsonNode node;
  private final String path;
  private final String setting;
  private final SettingsReader faults;

  private JsonObject(JsonNode node, String path, String setting, SettingsReader faults) {
    this.node = node;
    this.path = path;
    this.setting = setting;
    this.faults = faults;
    if (!node.isObject()) {
      faults.fault(setting + ": " + path + ": it must be an object.");
    }
  }

  /** Reads a setting that is one object; empty if it is no JSON, which is noted. */
  public static Optional<JsonObject> parse(String setting, String text, SettingsReader faults) {
    return tree(setting, text, faults).map(root -> new JsonObject(root, "$", setting, faults));
  }

  /** Reads a setting that is a list of objects; empty if it is none, which is noted. */
  public static List<JsonObject> parseAll(String setting, String text, SettingsReader faults) {
    var root = tree(setting, text, faults);
    root.filter(list -> !list.isArray())
        .ifPresent(list -> faults.fault(setting + ": $: it must be a list."));
    return root.filter(JsonNode::isArray)
        .map(list -> each(list, "$", setting, faults))
        .orElse(List.of());
  }

  private static Optional<JsonNode> tree(String setting, String text, SettingsReader faults) {
    try {
      return Optional.of(JSON.readTree(text));
    } catch (JsonProcessingException e) {
      var at = Optional.ofNullable(e.getLocation());
      faults.fault(
          setting
              + ": it is no JSON"
              + at.map(l -> " at line " + l.getLineNr() + ", column " + l.getColumnNr()).orElse("")
              + ".");
      return Optional.empty();
    }
  }

  private static List<JsonObject> each(
      JsonNode array, String path, String setting, SettingsReader faults) {
    List<JsonObject> objects = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      objects.add(new JsonObject(array.get(i), path + "[" + i + "]", setting, faults));
    }
    return objects;
  }

  public void fault(String field, String what) {
    faults.fault(setting + ": " + path + "." + field + ": " + what + ".");
  }

  /** Notes every field that is not among these. */
  public void allow(List<String> allowed) {
    node.fieldNames()
        .forEachRemaining(
            field -> {
              if (!allowed.contains(field)) {
                fault(field, "there is no such field");
              }
            });
  }

  public boolean has(String field) {
    return node.has(field);
  }

  public Optional<String> text(String field) {
    var value = node.path(field);
    if (value.isTextual() && !value.textValue().isBlank()) {
      return Optional.of(value.textValue());
    }
    fault(field, value.isMissingNode() ? "it is missing" : "it must be a text");
    return Optional.empty();
  }

  /** Reads an id; all ids of a catalog have one form. */
  public Optional<String> id(String field) {
    var text = text(field);
    if (text.isPresent() && !PlanId.isWellFormed(text.get())) {
      fault(field, "it must match [a-z0-9][a-z0-9-]{0,63}");
      return Optional.empty();
    }
    return text;
  }

  public Optional<Long> number(String field, long least, long most) {
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
  public List<String> texts(String field) {
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

  public List<JsonObject> objects(String field) {
    var array = node.path(field);
    if (!array.isArray()) {
      fault(field, array.isMissingNode() ? "it is missing" : "it must be a list");
      return List.of();
    }
    return each(array, path + "." + field, setting, faults);
  }
}
