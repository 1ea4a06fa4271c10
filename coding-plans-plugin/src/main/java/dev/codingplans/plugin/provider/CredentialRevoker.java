package dev.codingplans.plugin.provider;

import dev.codingplans.gateway.spi.catalog.ProviderId;

/**
 * Ends credentials at a provider that can be asked to (V4).
 *
 * <p>A bean of this type empties the provider's part of the revocation queue. The text of the key
 * is gone by then: the provider's own plan id must do. It is called on virtual threads, never
 * within a transaction, and for the same plan again if nobody learnt how it went.
 */
public interface CredentialRevoker {

  ProviderId provider();

  /** Asks the provider, and returns after {@link ProviderCalls#MAX_WAIT} at most. */
  Revocation revoke(String upstreamPlanId);
}
