package dev.codingplans.sample.settings;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The models that the host sells from credits.
 *
 * @param byModel what each costs, by the name that clients use ({@code minimax/MiniMax-M2})
 */
public record ModelPrices(Map<String, ModelPrice> byModel) {

  /** Nothing is sold. */
  public static final ModelPrices NONE = new ModelPrices(Map.of());

  static final String SETTING = "GATEWAY_MODEL_PRICES";

  private static final String DEFAULT =
      """
      {"minimax/MiniMax-M2":{"inputMicrodollarsPerMillionTokens":300000,\
      "outputMicrodollarsPerMillionTokens":1200000,"maxOutputTokens":65536}}""";

  private static final String FILE = "file:";

  /** Ten thousand dollars a million. */
  private static final long HIGHEST_PRICE = 10_000_000_000L;

  private static final long MOST_OUTPUT = 100_000_000;
  private static final String INPUT = "inputMicrodollarsPerMillionTokens";
  private static final String OUTPUT = "outputMicrodollarsPerMillionTokens";
  private static final String LIMIT = "maxOutputTokens";
  private static final List<String> FIELDS = List.of(INPUT, OUTPUT, LIMIT);

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  /** Copies the map. */
  public ModelPrices {
    byModel = Map.copyOf(byModel);
  }

  /** Returns what a model costs; empty if it is not sold from credits. */
  public Optional<ModelPrice> of(String model) {
    return Optional.ofNullable(byModel.get(model));
  }

  /** Reads the setting; every fault is told with its place in the JSON. */
  static ModelPrices read(SettingsReader in) {
    var text = in.text(SETTING, DEFAULT);
    return json(text.startsWith(FILE) ? file(text.substring(FILE.length()), in) : text, in)
        .map(json -> models(json, in))
        .orElse(NONE);
  }

  private static String file(String path, SettingsReader in) {
    try {
      return Files.readString(Path.of(path));
    } catch (IOException | InvalidPathException e) {
      in.fault(SETTING + " names a file that cannot be read.");
      return "{}";
    }
  }

  private static Optional<JsonNode> json(String text, SettingsReader in) {
    try {
      var json = JSON.readTree(text);
      if (json.isObject()) {
        return Optional.of(json);
      }
    } catch (JsonProcessingException e) {
      // Said below: what Jackson says may hold what was written.
    }
    in.fault(SETTING + " must be a JSON object of models and their prices, or file: and a path.");
    return Optional.empty();
  }

  private static ModelPrices models(JsonNode json, SettingsReader in) {
    var prices = new HashMap<String, ModelPrice>();
    for (var model : json.properties()) {
      var at = SETTING + " $['" + model.getKey() + "']";
      if (!model.getKey().matches("[a-z0-9][a-z0-9-]{0,63}/\\S{1,200}")) {
        in.fault(at + " must be named <provider>/<model>.");
      }
      prices.put(model.getKey(), price(model.getValue(), at, in));
    }
    return new ModelPrices(prices);
  }

  private static ModelPrice price(JsonNode json, String at, SettingsReader in) {
    for (var field : json.properties()) {
      if (!FIELDS.contains(field.getKey())) {
        in.fault(at + "." + field.getKey() + " is not known.");
      }
    }
    return new ModelPrice(
        whole(json, INPUT, 0, HIGHEST_PRICE, at, in),
        whole(json, OUTPUT, 0, HIGHEST_PRICE, at, in),
        whole(json, LIMIT, 1, MOST_OUTPUT, at, in));
  }

  private static long whole(
      JsonNode json, String name, long least, long most, String at, SettingsReader in) {
    var value = json.path(name);
    if (value.isIntegralNumber()
        && value.canConvertToLong()
        && value.longValue() >= least
        && value.longValue() <= most) {
      return value.longValue();
    }
    in.fault(at + "." + name + " must be a whole number from " + least + " to " + most + ".");
    return least;
  }
}
