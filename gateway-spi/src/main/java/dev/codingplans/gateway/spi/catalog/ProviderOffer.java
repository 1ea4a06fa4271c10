package dev.codingplans.gateway.spi.catalog;

import java.util.List;

/**
 * A provider that the catalog knows.
 *
 * @param id the provider's id
 * @param name the provider's name, for people
 * @param models the models that a host lists, by the provider's own names; a request may name
 *     others
 */
public record ProviderOffer(ProviderId id, String name, List<String> models) {

  /** Copies the list. */
  public ProviderOffer {
    models = List.copyOf(models);
  }
}
