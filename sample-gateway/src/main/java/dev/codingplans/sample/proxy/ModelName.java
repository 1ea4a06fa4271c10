package dev.codingplans.sample.proxy;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import java.util.Optional;

/**
 * A model as clients name it: {@code <provider>/<model>}.
 *
 * @param provider the provider
 * @param model the provider's own name of the model
 */
record ModelName(ProviderId provider, String model) {

  /** Returns empty if the text does not have the form of a model's name. */
  static Optional<ModelName> parse(String text) {
    var slash = text.indexOf('/');
    if (slash < 0 || slash == text.length() - 1) {
      return Optional.empty();
    }
    var provider = text.substring(0, slash);
    return ProviderId.isWellFormed(provider)
        ? Optional.of(new ModelName(new ProviderId(provider), text.substring(slash + 1)))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return provider + "/" + model;
  }
}
