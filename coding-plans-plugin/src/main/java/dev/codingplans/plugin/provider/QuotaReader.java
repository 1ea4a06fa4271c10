package dev.codingplans.plugin.provider;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.entitlement.Secret;

/**
 * Reads what is left of the provider's own limits behind a key (U1).
 *
 * <p>A bean of this type makes a provider's windows readable, and its credentials' health. It is
 * called on virtual threads, from many at once, and never within a transaction.
 */
public interface QuotaReader {

  ProviderId provider();

  /** Asks the provider, and returns after {@link ProviderCalls#MAX_WAIT} at most. */
  QuotaReading read(Secret key);
}
