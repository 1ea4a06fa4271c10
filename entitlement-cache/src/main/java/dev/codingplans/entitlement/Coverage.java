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
    var name = provider + "/" + model;
    return patterns.stream().anyMatch(pattern -> matches(pattern, name));
  }

  private static boolean matches(String pattern, String name) {
    if (!pattern.endsWith(WILDCARD)) {
      return pattern.equals(name);
    }
    var prefix = pattern.substring(0, pattern.length() - 1);
    return name.startsWith(prefix) && name.length() > prefix.length();
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
