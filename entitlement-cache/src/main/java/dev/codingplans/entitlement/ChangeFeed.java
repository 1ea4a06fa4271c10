package dev.codingplans.entitlement;

import dev.codingplans.gateway.spi.identity.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * The store's log of changes to facts, read over and over by one thread at a time. Transaction ids
 * are handed out before a transaction commits, so a change can become visible behind changes with
 * higher ids; that is why a reader goes on from a snapshot and not from an id.
 */
@FunctionalInterface
public interface ChangeFeed {

  /**
   * Returns the changes that are visible now and were not in the snapshot, each exactly once over
   * all reads. It may block, within bounds that it sets itself.
   *
   * @throws Exception if the store cannot answer now
   */
  Batch read(Snapshot since) throws Exception;

  /**
   * What has become visible.
   *
   * @param changes in any order
   * @param complete whether these are all; a store need not list more than a reader would want to
   *     go through
   * @param snapshot what the next read goes on from
   * @param now the product's time, read in the same statement
   */
  record Batch(List<Change> changes, boolean complete, Snapshot snapshot, Instant now) {

    /** Copies the list. */
    public Batch {
      changes = List.copyOf(changes);
    }
  }

  /**
   * Which transactions were over when the log was read: those before the end that were not running.
   *
   * @param run which run of the store this is; after a crash or a fail-over it may hand out ids
   *     again that it had handed out to transactions that are lost
   * @param end every transaction from this id on was still to come
   * @param running the ids before the end whose transactions were under way
   */
  record Snapshot(String run, long end, Set<Long> running) {

    /** The position of a reader that has nothing cached: no change concerns it yet. */
    public static final Snapshot NOTHING_CACHED = new Snapshot("", Long.MAX_VALUE, Set.of());

    /** Copies the set. */
    public Snapshot {
      running = Set.copyOf(running);
    }

    /** Tells whether what is known at this position says nothing of a store that is at that one. */
    boolean isLostAt(Snapshot other) {
      return end > other.end || !run.equals(other.run);
    }
  }

  /**
   * One change to a user's facts.
   *
   * @param user whose facts changed
   * @param transaction the id of the transaction that changed them
   */
  record Change(UserId user, long transaction) {}
}
