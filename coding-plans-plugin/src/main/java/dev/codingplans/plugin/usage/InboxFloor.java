package dev.codingplans.plugin.usage;

import java.time.Duration;

/**
 * Below which position nothing is likely to wait, so that what was taken is not passed over and
 * over: its index entries stay until the table is vacuumed. What commits late, or was left, is
 * found by the next pass over everything. In real time; for one thread.
 */
final class InboxFloor {

  static final Duration EVERYTHING = Duration.ofMinutes(1);

  /** Longer than almost any transaction that takes records in is open. */
  static final Duration SETTLED = Duration.ofSeconds(5);

  private long floor;
  private long next;
  private long nextSince;
  private long everythingAt;
  private boolean everything;

  InboxFloor(long nanos) {
    this.nextSince = nanos;
    this.everythingAt = nanos - EVERYTHING.toNanos();
  }

  /**
   * Returns the position after which the pass that begins is to look, up to the last there is: that
   * goes back if another server takes over and has not got everything.
   */
  long begin(long last, long nanos) {
    everything = last < floor || nanos - everythingAt >= EVERYTHING.toNanos();
    return everything ? 0 : floor;
  }

  /** Notes that a pass has looked up to a position. */
  void end(long last, long nanos) {
    if (everything) {
      everythingAt = nanos;
    }
    if (nanos - nextSince >= SETTLED.toNanos()) {
      floor = next;
      next = last;
      nextSince = nanos;
    }
  }
}
