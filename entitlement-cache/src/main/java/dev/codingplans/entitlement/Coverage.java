package dev.codingplans.entitlement;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import java.util.List;

/**
 * The models that a plan pays for: those that one of its patterns covers.
 *
 * @param patterns in any order
 */
public record Coverage(List<Pattern> patterns) {

  /** Copies the list. */
  public Coverage {
    patterns = List.copyOf(patterns);
  }

  /**
   * Returns the coverage of a catalog's patterns, which are names of models at the gateway ({@code
   * minimax/MiniMax-M2}); one that ends in {@code /*} stands for every name that begins like it,
   * and no other star means anything.
   */
  public static Coverage of(List<String> patterns) {
    return new Coverage(patterns.stream().map(Pattern::parse).toList());
  }

  /** Returns the coverage of every model of the provider. */
  public static Coverage ofProvider(ProviderId provider) {
    return new Coverage(List.of(new Pattern(provider, "", true)));
  }

  /** Tells whether the plan pays for the model, named as the provider does. */
  public boolean covers(ProviderId provider, String model) {
    // On every request: no stream.
    for (Pattern pattern : patterns) {
      if (pattern.covers(provider, model)) {
        return true;
      }
    }
    return false;
  }

  /**
   * One model of a provider, or all whose names begin alike.
   *
   * @param provider the provider
   * @param name the provider's own name of the model, or what their names begin with
   * @param isPrefix whether it is what their names begin with, and go on from
   */
  public record Pattern(ProviderId provider, String name, boolean isPrefix) {

    private static Pattern parse(String text) {
      var slash = text.indexOf('/');
      if (slash < 0
          || slash == text.length() - 1
          || !ProviderId.isWellFormed(text.substring(0, slash))) {
        throw new IllegalArgumentException("not <provider>/<model> or <provider>/*: " + text);
      }
      var isPrefix = text.endsWith("/*");
      return new Pattern(
          new ProviderId(text.substring(0, slash)),
          text.substring(slash + 1, isPrefix ? text.length() - 1 : text.length()),
          isPrefix);
    }

    private boolean covers(ProviderId other, String model) {
      return provider.equals(other)
          && (isPrefix
              ? model.length() > name.length() && model.startsWith(name)
              : model.equals(name));
    }
  }
}
