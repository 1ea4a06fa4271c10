package dev.codingplans.plugin.usage.hold;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.credit.lease.Grant;
import dev.codingplans.plugin.credit.lease.Grant.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * One user's lease at this node: what is free of it, who waits for it to grow, and when it is to be
 * renewed. Thread-safe; nothing in it waits for anything.
 */
final class NodeLease {

  /** Shorter than the database's, by more than what a statement may take on its way. */
  static final Duration LIFE = Duration.ofSeconds(25);

  private static final long RENEWED_BEFORE = Duration.ofSeconds(13).toNanos();
  private static final long UNUSED = Duration.ofSeconds(10).toNanos();
  private static final long RECENT = Duration.ofSeconds(1).toNanos();

  /** A credit that arrives is found this much later at most. */
  private static final long REFUSED = Duration.ofMillis(250).toNanos();

  private static final long MOST_AHEAD = 10_000_000;

  private final UserId user;
  private final UUID id = UUID.randomUUID();
  private Share share = Share.NONE;
  private Optional<Price> price = Optional.empty();
  private Outcome outcome = Outcome.ENOUGH;
  private long validUntil;
  private long grownAt;
  private long creditedAt;
  private long usedAt;
  private long stride;
  private boolean kept;
  private boolean busy;
  private boolean closed;
  private List<Waiting> waiting = new ArrayList<>();

  NodeLease(UserId user, long nanos) {
    this.user = user;
    this.usedAt = nanos;
    this.validUntil = nanos;
    this.creditedAt = nanos;
    this.grownAt = nanos - RECENT;
  }

  UserId user() {
    return user;
  }

  UUID id() {
    return id;
  }

  /** Holds what a request costs at most, if that is free; returns how much it is. */
  synchronized OptionalLong tryHold(long listCost, Instant now, long nanos) {
    if (closed || price.isEmpty() || nanos - validUntil >= 0) {
      return OptionalLong.empty();
    }
    var cost = price.get().of(listCost, now);
    if (!share.covers(cost)) {
      return OptionalLong.empty();
    }
    share = share.hold(cost);
    usedAt = nanos;
    return OptionalLong.of(cost);
  }

  /**
   * Tells whether a request is to be refused without asking: all there is was granted a moment ago,
   * and what is free of it does not do.
   */
  synchronized boolean refuses(long listCost, Instant now, long nanos) {
    return !closed
        && outcome == Outcome.INSUFFICIENT
        && grownAt - creditedAt >= 0
        && nanos - grownAt < REFUSED
        && price.map(known -> !share.covers(known.of(listCost, now))).orElse(true);
  }

  /** Credit has arrived: what was granted before says nothing of what there is now. */
  synchronized void credited(long nanos) {
    creditedAt = nanos;
  }

  /**
   * Puts a request among those that wait; false if this lease is given back, and another needed.
   */
  synchronized boolean await(Waiting request, long nanos) {
    usedAt = nanos;
    return !closed && waiting.add(request);
  }

  synchronized List<Waiting> takeWaiting() {
    var taken = waiting;
    waiting = new ArrayList<>();
    return taken;
  }

  /** Ends a hold; returns what is charged. */
  synchronized long settle(long hold, long listCost, Instant now) {
    var charge = Math.min(hold, price.map(known -> known.of(listCost, now)).orElse(hold));
    share = share.settle(hold, charge);
    return charge;
  }

  /** Frees a charge again that does not come after all. */
  synchronized void unsettle(long charge) {
    share = share.unsettle(charge);
  }

  synchronized void release(long hold) {
    share = share.settle(hold, 0);
  }

  /** Tells whether the lease may be changed in the database now: one change at a time. */
  synchronized boolean begin() {
    if (busy || closed) {
      return false;
    }
    busy = true;
    return true;
  }

  /** Tells whether others were asked to give back what is lacking here. */
  synchronized boolean awaitsReturns() {
    return outcome == Outcome.LEASED_ELSEWHERE;
  }

  /** Ends a change; tells whether somebody waits for another. */
  synchronized boolean end() {
    busy = false;
    return !waiting.isEmpty();
  }

  /** Takes over what the database has granted. */
  synchronized void granted(Grant grant, long nanosBefore) {
    share = share.granted(grant.grantedMicrodollars());
    kept |= grant.grantedMicrodollars() > 0;
    outcome = grant.outcome();
    validUntil = nanosBefore + LIFE.toNanos();
    grownAt = nanosBefore;
  }

  synchronized void costs(Price newPrice) {
    price = Optional.of(newPrice);
  }

  synchronized long free() {
    return share.free();
  }

  /** Returns what to ask for beside what is needed: more, the more often the lease must grow. */
  synchronized long ahead(long need, long nanos) {
    var doubled = nanos - grownAt < RECENT ? Math.min(MOST_AHEAD, stride * 2) : stride / 2;
    stride = Math.max(doubled, Math.min(MOST_AHEAD, Math.max(0, need)));
    return stride;
  }

  /** Takes out what is free, to give it back; nothing is asked for ahead until it is needed. */
  synchronized long withdrawFree() {
    stride = 0;
    var free = Math.max(0, share.free());
    share = share.withoutFree();
    return free;
  }

  /** Tells whether the lease is nearly used up, so that it grows before somebody has to wait. */
  synchronized boolean isLow(long nanos) {
    return !busy
        && share.free() < stride / 2
        && (outcome == Outcome.ENOUGH || nanos - grownAt >= RECENT);
  }

  /** Tells whether there must be a row of the lease. */
  synchronized boolean isKept() {
    return kept;
  }

  synchronized boolean isAgeing(long nanos) {
    return validUntil - nanos < RENEWED_BEFORE;
  }

  synchronized boolean isUnused(long nanos) {
    return !busy && !share.isHeld() && waiting.isEmpty() && nanos - usedAt >= UNUSED;
  }

  /** Lets nobody hold anything any more, if nobody has; tells whether that is so. */
  synchronized boolean close() {
    closed = !share.isHeld() && waiting.isEmpty();
    return closed;
  }

  /** Lets nobody hold anything any more, because the row is gone; returns who waits. */
  synchronized List<Waiting> abandon() {
    closed = true;
    return takeWaiting();
  }
}
