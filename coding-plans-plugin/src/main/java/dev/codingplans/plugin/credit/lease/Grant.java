package dev.codingplans.plugin.credit.lease;

/**
 * What a node was given.
 *
 * @param grantedMicrodollars all that the lease was ever given
 * @param outcome whether that is what was needed
 */
public record Grant(long grantedMicrodollars, Outcome outcome) {

  /** Whether a lease got what it needed. */
  public enum Outcome {
    /** All of it. */
    ENOUGH,
    /** Less: other leases keep the rest. */
    LEASED_ELSEWHERE,
    /** Less: there is no more. */
    INSUFFICIENT
  }
}
