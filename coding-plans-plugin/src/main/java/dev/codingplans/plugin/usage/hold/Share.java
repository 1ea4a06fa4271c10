package dev.codingplans.plugin.usage.hold;

/**
 * A lease as its node sees it, without any I/O: all that was granted, less what requests hold and
 * what they have cost. It never knows what was charged in the database yet, and need not: the
 * lease's row has at least as much left.
 *
 * @param granted all that the lease was ever given
 * @param held what open requests may cost at most
 * @param settled what ended requests did cost, charged yet or not
 */
record Share(long granted, long held, long settled) {

  static final Share NONE = new Share(0, 0, 0);

  /** Returns what no request holds; less than nothing if the lease shrank while it was held. */
  long free() {
    return granted - held - settled;
  }

  boolean covers(long cost) {
    return cost <= free();
  }

  Share hold(long cost) {
    return new Share(granted, held + cost, settled);
  }

  /** One hold ends at a charge that is at most itself; zero gives all of it back. */
  Share settle(long hold, long charge) {
    if (charge < 0 || charge > hold || hold > held) {
      throw new IllegalArgumentException("a charge is within its hold, and a hold ends once");
    }
    return new Share(granted, held - hold, settled + charge);
  }

  /** A charge that was settled does not come after all; it is free again. */
  Share unsettle(long charge) {
    if (charge < 0 || charge > settled) {
      throw new IllegalArgumentException("only what was settled is taken back");
    }
    return new Share(granted, held, settled - charge);
  }

  /** Takes out what no request holds, to give it back. */
  Share withoutFree() {
    return new Share(granted - Math.max(0, free()), held, settled);
  }

  Share granted(long inAll) {
    return new Share(inAll, held, settled);
  }

  boolean isHeld() {
    return held > 0;
  }
}
