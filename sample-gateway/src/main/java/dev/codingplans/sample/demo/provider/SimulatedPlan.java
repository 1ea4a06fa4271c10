package dev.codingplans.sample.demo.provider;

import com.sun.net.httpserver.Headers;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The plan behind a key: {@code sk-sim-<tier>-…}, and {@code sk-sim-own-…} for a key that a user
 * brings.
 *
 * @param key the key
 * @param tier the tier's name
 */
record SimulatedPlan(String key, String tier) {

  private static final Pattern KEY = Pattern.compile("sk-sim-(plus|max|ultra|own)-[\\w-]+");
  private static final String BEARER = "Bearer ";

  /** Finds the plan of whoever sends these headers; empty if the key is worth nothing. */
  static Optional<SimulatedPlan> of(Headers headers) {
    var matcher = KEY.matcher(keyIn(headers));
    return matcher.matches()
        ? Optional.of(new SimulatedPlan(matcher.group(), tierOf(matcher.group(1))))
        : Optional.empty();
  }

  String title() {
    return "Token Plan " + tier;
  }

  private static String tierOf(String word) {
    return switch (word) {
      case "max" -> "Max";
      case "ultra" -> "Ultra";
      default -> "Plus";
    };
  }

  private static String keyIn(Headers headers) {
    var apiKey = headers.getFirst("x-api-key");
    if (apiKey != null) {
      return apiKey;
    }
    var authorization = headers.getFirst("authorization");
    return authorization != null && authorization.startsWith(BEARER)
        ? authorization.substring(BEARER.length())
        : "";
  }

  /** Never prints the key. */
  @Override
  public String toString() {
    return title();
  }
}
