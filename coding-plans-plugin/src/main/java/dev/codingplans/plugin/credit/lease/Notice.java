package dev.codingplans.plugin.credit.lease;

/** What the node of a lease must know of it. */
public enum Notice {
  /** Somebody needs what no request holds of it. */
  RECALLED,
  /**
   * Its row went with its account, or had expired long ago: nothing of it is to be used any more.
   */
  GONE
}
