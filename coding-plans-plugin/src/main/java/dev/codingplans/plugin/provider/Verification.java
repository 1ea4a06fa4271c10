package dev.codingplans.plugin.provider;

/** What a provider says of a key that is to be sold for a plan (I3). */
public sealed interface Verification {

  /** The key works and belongs to the plan's tier. */
  record Verified() implements Verification {}

  /** The key works, and the provider does not say of which tier it is. */
  record TierUnknown() implements Verification {}

  /** The key belongs to another tier. */
  record TierMismatch() implements Verification {}

  /** The key does not work, or there is no plan behind it. */
  record Rejected() implements Verification {}

  /**
   * The provider gave no answer that tells; another time it may.
   *
   * @param wasAsked false if nobody asked it, because it failed too often just now
   */
  record Unreachable(boolean wasAsked) implements Verification {

    public Unreachable() {
      this(true);
    }
  }
}
