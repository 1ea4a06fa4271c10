package dev.codingplans.entitlement;

import dev.codingplans.entitlement.ChangeFeed.Batch;
import dev.codingplans.entitlement.ChangeFeed.Snapshot;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Follows the change feed and drops from the cache what has changed (E4).
 *
 * <p>Every read goes on from the snapshot of the one before, so a slow transaction is never
 * skipped, and an idle one neither keeps the changes of others from being seen nor has them read
 * again.
 */
public final class ChangeTailer implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(ChangeTailer.class.getName());

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  private final ChangeFeed feed;
  private final EntitlementCache cache;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread =
      Thread.ofPlatform().daemon().name("entitlement-change-tailer").unstarted(this::run);

  // Used by one thread at a time: the one that starts, then the tailer's own.
  private Snapshot position = Snapshot.NOTHING_CACHED;
  private boolean interrupted;

  /** Makes a tailer that does nothing until it is started. */
  public ChangeTailer(ChangeFeed feed, EntitlementCache cache) {
    this.feed = feed;
    this.cache = cache;
  }

  /**
   * Reads the feed once, which sets the cache's clock, and goes on in the background.
   *
   * @throws EntitlementsUnavailable if that first read fails
   */
  public void start() {
    try {
      read();
    } catch (Exception e) {
      throw new EntitlementsUnavailable("The change feed cannot be read.", e);
    }
    thread.start();
  }

  /** Stops reading and waits for a read that is under way. */
  @Override
  public void close() {
    stopped.countDown();
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    thread.interrupt();
    try {
      if (!thread.join(STOP_TIMEOUT)) {
        LOG.log(System.Logger.Level.WARNING, "The change feed is still being read.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Reads the feed once; a failure is noted and made good by the next read. An error is a failure
   * as well: without this thread no change would reach the node any more.
   */
  void poll() {
    try {
      read();
      if (interrupted) {
        interrupted = false;
        LOG.log(System.Logger.Level.INFO, "The change feed is read again.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      noteInterruption(e);
    }
  }

  private void noteInterruption(Throwable cause) {
    if (!interrupted && stopped.getCount() > 0) {
      interrupted = true;
      LOG.log(System.Logger.Level.WARNING, "The change feed is interrupted.", cause);
    }
  }

  private void run() {
    var pause = cache.policy().pollInterval().toNanos();
    try {
      while (!stopped.await(pause, TimeUnit.NANOSECONDS)) {
        poll();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() throws Exception {
    var nanosBefore = cache.clock().nanos();
    // Nothing cached may serve after so long, and the log need not be kept for it.
    var from = cache.freshness().isOutageOver() ? Snapshot.NOTHING_CACHED : position;
    var batch = feed.read(from);
    if (from.equals(Snapshot.NOTHING_CACHED)) {
      cache.dropAll();
    } else if (from.isLostAt(batch.snapshot())) {
      LOG.log(
          System.Logger.Level.WARNING,
          "The database is another than before; the cache is emptied.");
      cache.dropAll();
    } else if (stoodStill(batch, nanosBefore)) {
      LOG.log(System.Logger.Level.INFO, "This node or its time stood still; the cache is emptied.");
      cache.dropAll();
    } else {
      apply(batch);
    }
    position = batch.snapshot();
    cache.clock().realign(batch.now(), nanosBefore);
    cache.freshness().feedRead(nanosBefore);
  }

  /**
   * Tells whether far more time has gone by at the store than here, as for a machine that was
   * suspended: what changed meanwhile may be forgotten already.
   */
  private boolean stoodStill(Batch batch, long nanosBefore) {
    return batch.now().isAfter(cache.clock().at(nanosBefore).plus(cache.policy().maxOutage()));
  }

  private void apply(Batch batch) {
    if (batch.complete()) {
      batch.changes().forEach(cache::apply);
    } else {
      LOG.log(System.Logger.Level.INFO, "Very much changed at once; the cache is emptied.");
      cache.dropAll();
    }
  }
}
