package dev.codingplans.plugin.credit.lease;

/**
 * What there is for a lease, without any I/O.
 *
 * @param available the balance without what is left of the leases of others
 * @param granted all that the lease was ever given
 * @param charged all that was ever charged of it
 */
record Reserve(long available, long granted, long charged) {

  /** Of what nobody needs yet, a lease takes no more than one part in so many. */
  private static final long MODESTY = 4;

  /**
   * Returns what the lease is given in all once it has what is needed, or as much of it as there
   * is. Nothing is left of it beyond what is available, even of what it had before it expired.
   *
   * @param need by how much it is to grow, or to shrink if negative
   * @param ahead what it is to grow by beside, if there is plenty
   */
  long grown(long need, long ahead) {
    var wanted = sum(left(), need);
    var spare = Math.max(0, available - Math.max(0, wanted)) / MODESTY;
    var left = Math.min(sum(wanted, Math.min(ahead, spare)), available);
    return charged + Math.max(0, left);
  }

  /** Tells whether the lease has what is needed once it is given so much in all. */
  boolean isEnough(long grown, long need) {
    return grown - charged >= sum(left(), need);
  }

  /**
   * Returns what is left of the lease; a charge after its expiry may have been more than it had.
   */
  long left() {
    return Math.max(0, granted - charged);
  }

  private static long sum(long some, long more) {
    return more > Long.MAX_VALUE - Math.max(0, some) ? Long.MAX_VALUE : some + more;
  }
}
