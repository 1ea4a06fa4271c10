package dev.codingplans.plugin.settings;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.codingplans.gateway.spi.catalog.PlanId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A JSON object of a setting, read field by field; what is wrong is noted with its JSON path. */
public final class JsonObject {

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final Pattern UP_TO_ONE = Pattern.compile("1(\\.0{1,6})?|0(\\.\\d{1,6})?");

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

  /** Notes what is wrong with a field, or with the object itself if the field has no name. */
  public void fault(String field, String what) {
    faults.fault(setting + ": " + path + (field.isEmpty() ? "" : "." + field) + ": " + what + ".");
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

  public Optional<Boolean> truth(String field) {
    var value = node.path(field);
    if (value.isBoolean()) {
      return Optional.of(value.booleanValue());
    }
    fault(field, value.isMissingNode() ? "it is missing" : "it must be true or false");
    return Optional.empty();
  }

  /** Reads an exact fraction: a text, because a number of JSON need not be exact. */
  public Optional<BigDecimal> decimalUpToOne(String field) {
    var text = text(field);
    if (text.isPresent() && !UP_TO_ONE.matcher(text.get()).matches()) {
      fault(field, "it must be a decimal text from \"0\" to \"1\" with at most 6 decimals");
      return Optional.empty();
    }
    return text.map(BigDecimal::new);
  }

  /** Reads an object whose fields are objects. */
  public Map<String, JsonObject> fields(String field) {
    var object = node.path(field);
    var found = new LinkedHashMap<String, JsonObject>();
    if (!object.isObject()) {
      fault(field, object.isMissingNode() ? "it is missing" : "it must be an object");
    }
    object
        .properties()
        .forEach(
            each ->
                found.put(
                    each.getKey(),
                    new JsonObject(
                        each.getValue(),
                        path + "." + field + "." + each.getKey(),
                        setting,
                        faults)));
    return found;
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
