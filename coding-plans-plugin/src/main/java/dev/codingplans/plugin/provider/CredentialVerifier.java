package dev.codingplans.plugin.provider;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.entitlement.Secret;
import java.util.List;

/**
 * Proves with a provider that a key works and which tier it belongs to (I4).
 *
 * <p>A bean of this type makes a provider's credentials provable. It is called on virtual threads,
 * from many at once, and never within a transaction.
 */
public interface CredentialVerifier {

  ProviderId provider();

  /**
   * Asks the provider, and returns after at most a few calls of {@link ProviderCalls#MAX_WAIT}
   * each.
   *
   * @param upstreamTitles the names under which the provider sells the tier that is wanted
   */
  Verification verify(Secret key, List<String> upstreamTitles);
}
