package dev.codingplans.entitlement;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import java.util.List;

/**
 * The models that a plan pays for.
 *
 * @param patterns the names of models at the gateway ({@code minimax/MiniMax-M2}); one that ends in
 *     {@code /*} stands for every name that begins like it, and no other star means anything
 */
public record Coverage(List<String> patterns) {

  private static final String WILDCARD = "/*";

  /** Refuses a pattern that names no provider. */
  public Coverage {
    patterns = List.copyOf(patterns);
    patterns.forEach(Coverage::requireProvider);
  }

  /** Returns the coverage of a catalog's patterns. */
  public static Coverage of(List<String> patterns) {
    return new Coverage(patterns);
  }

  /** Returns the coverage of every model of the provider. */
  public static Coverage ofProvider(ProviderId provider) {
    return new Coverage(List.of(provider + WILDCARD));
  }

  /** Tells whether the plan pays for the model, named as the provider does. */
  public boolean covers(ProviderId provider, String model) {
    // On every request: no stream, and no name put together.
    for (String pattern : patterns) {
      if (matches(pattern, provider.value(), model)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(String pattern, String provider, String model) {
    if (!pattern.startsWith(provider) || pattern.charAt(provider.length()) != '/') {
      return false;
    }
    var start = provider.length() + 1;
    if (!pattern.endsWith(WILDCARD)) {
      return pattern.length() == start + model.length() && pattern.endsWith(model);
    }
    var prefix = pattern.length() - 1 - start;
    return model.length() > prefix && model.regionMatches(0, pattern, start, prefix);
  }

  private static void requireProvider(String pattern) {
    var slash = pattern.indexOf('/');
    if (slash < 0
        || slash == pattern.length() - 1
        || !ProviderId.isWellFormed(pattern.substring(0, slash))) {
      throw new IllegalArgumentException("not <provider>/<model> or <provider>/*: " + pattern);
    }
  }
}
