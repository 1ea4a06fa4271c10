package dev.codingplans.plugin.provider;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.entitlement.UpstreamVerdict;

/**
 * Knows a provider's own words for failures (E6).
 *
 * <p>A bean of this type makes them understood. It is called on the host's event loops for every
 * answer: it computes and does nothing else.
 */
public interface ErrorClassifier {

  ProviderId provider();

  /** Judges an answer by its status and the start of its body, which may be cut off anywhere. */
  UpstreamVerdict judge(int status, byte[] start);
}
