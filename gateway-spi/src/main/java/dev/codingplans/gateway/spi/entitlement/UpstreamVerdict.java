package dev.codingplans.gateway.spi.entitlement;

/** What a provider's answer means for the credential that it was sent with. */
public enum UpstreamVerdict {
  /** It is no failure. */
  NONE,
  /** Too many requests for a moment; who pays does not change. */
  RATE_LIMITED,
  /** The plan behind the credential is used up for now. */
  PLAN_EXHAUSTED,
  /** The provider does not take the credential; nobody else's is used in its place. */
  KEY_REJECTED,
  /** Another failure, which says nothing of the credential; the status tells which. */
  OTHER
}
