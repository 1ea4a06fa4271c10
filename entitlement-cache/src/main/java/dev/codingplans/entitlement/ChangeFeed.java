package dev.codingplans.entitlement;

import dev.codingplans.gateway.spi.identity.UserId;
import java.time.Instant;
import java.util.List;

/**
 * The store's log of changes to facts, read over and over by one thread at a time. Positions are
 * transaction ids. They are handed out before a transaction commits, so a change can become visible
 * behind changes with higher ids; that is why the position follows the oldest transaction still
 * running.
 */
@FunctionalInterface
public interface ChangeFeed {

  /** The position of a reader that has nothing cached: no change concerns it yet. */
  long NOTHING_CACHED = Long.MAX_VALUE;

  /**
   * Returns <em>all</em> visible changes whose transaction is at or after the position, seen before
   * or not. It may block, within bounds that it sets itself.
   *
   * @throws Exception if the store cannot answer now
   */
  Batch read(long position) throws Exception;

  /**
   * What one snapshot of the log shows.
   *
   * @param changes in any order
   * @param horizon the snapshot's xmin: every transaction below it is over, and its changes are
   *     visible; the next position
   * @param end the snapshot's xmax; a position above it was given by a database that has since gone
   *     back in time
   * @param now the product's time, read in the same statement
   */
  record Batch(List<Change> changes, long horizon, long end, Instant now) {

    /** Copies the list. */
    public Batch {
      changes = List.copyOf(changes);
    }
  }

  /**
   * One change to a user's facts.
   *
   * @param id unique in the log
   * @param user whose facts changed
   * @param transaction the id of the transaction that changed them
   */
  record Change(long id, UserId user, long transaction) {}
}
