package dev.codingplans.entitlement;

import java.util.Optional;

/**
 * What is known of one user at one provider.
 *
 * @param key the user's key, if there is one
 * @param everSubscribed whether the user has, or once had, a plan of the provider
 */
public record ProviderFacts(Optional<Key> key, boolean everSubscribed) {

  /** A provider of which the user never had anything. */
  public static final ProviderFacts NONE = new ProviderFacts(Optional.empty(), false);
}
