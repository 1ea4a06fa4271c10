package dev.codingplans.entitlement;

import dev.codingplans.gateway.spi.identity.UserId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * A store in memory that keeps time, transactions and snapshots as PostgreSQL does: ids are handed
 * out when a transaction begins, and its changes become visible when it commits, in any order.
 */
final class MemoryStore implements EntitlementLoader, ChangeFeed {

  private final Supplier<Instant> time;
  private final TreeSet<Long> running = new TreeSet<>();
  private final Map<UserId, EntitlementFacts> committed = new HashMap<>();
  private List<Change> log = new ArrayList<>();
  private String run = "first";
  private long nextTransaction = 100;
  private int mostChanges = Integer.MAX_VALUE;
  private boolean down;
  private boolean feedDown;
  private Runnable afterLoadAll = () -> {};

  MemoryStore(Supplier<Instant> time) {
    this.time = time;
  }

  synchronized Transaction begin() {
    var transaction = new Transaction(nextTransaction++);
    running.add(transaction.id);
    return transaction;
  }

  void commit(UserId user, EntitlementFacts facts) {
    begin().write(user, facts).commit();
  }

  synchronized void goDown() {
    down = true;
  }

  synchronized void comeBack() {
    down = false;
  }

  /** Lets reads of the feed fail, or not any more, whatever becomes of loads. */
  synchronized void interruptFeed(boolean interrupted) {
    feedDown = interrupted;
  }

  /** Drops the changes so far, as retention does. */
  synchronized void forgetChanges() {
    log.clear();
  }

  /**
   * What a fail-over looks like: a transaction under way is lost, and its id is handed out again.
   */
  synchronized void failOver() {
    run = "second";
    nextTransaction = running.first();
    running.clear();
  }

  /** Lists at most so many changes in one read. */
  synchronized void listAtMost(int changes) {
    mostChanges = changes;
  }

  /**
   * What a restored backup looks like: transaction ids start lower again, and the log is shorter.
   */
  synchronized void restoreFromBackup(UserId user, EntitlementFacts facts) {
    nextTransaction = 50;
    running.clear();
    log = new ArrayList<>();
    committed.clear();
    committed.put(user, facts);
  }

  @Override
  public synchronized LoadedFacts load(UserId user) throws IOException {
    requireUp();
    return new LoadedFacts(committed.getOrDefault(user, EntitlementFacts.NONE), horizon());
  }

  /** Does something after the next load of many has read, and before it returns. */
  synchronized void onLoadAll(Runnable deed) {
    afterLoadAll = deed;
  }

  @Override
  public synchronized List<UserId> usersAfter(Optional<UserId> user, int most) throws IOException {
    requireUp();
    var after = user.map(UserId::value).orElse("");
    return committed.keySet().stream()
        .filter(known -> known.value().compareTo(after) > 0)
        .sorted(Comparator.comparing(UserId::value))
        .limit(most)
        .toList();
  }

  @Override
  public synchronized Map<UserId, LoadedFacts> loadAll(Set<UserId> users) throws IOException {
    var loaded = new HashMap<UserId, LoadedFacts>();
    for (UserId user : users) {
      loaded.put(user, load(user));
    }
    afterLoadAll.run();
    return loaded;
  }

  @Override
  public synchronized Batch read(Snapshot since) throws IOException {
    requireUp();
    if (feedDown) {
      throw new IOException("the feed is interrupted");
    }
    var changes =
        log.stream()
            .filter(
                change ->
                    change.transaction() >= since.end()
                        || since.running().contains(change.transaction()))
            .toList();
    var snapshot = new Snapshot(run, nextTransaction, running);
    return changes.size() <= mostChanges
        ? new Batch(changes, true, snapshot, time.get())
        : new Batch(changes.subList(0, mostChanges), false, snapshot, time.get());
  }

  private void requireUp() throws IOException {
    if (down) {
      throw new IOException("the store is down");
    }
  }

  private long horizon() {
    return running.isEmpty() ? nextTransaction : running.first();
  }

  /** A transaction under way. */
  final class Transaction {

    private final long id;
    private final Map<UserId, EntitlementFacts> written = new HashMap<>();

    private Transaction(long id) {
      this.id = id;
    }

    Transaction write(UserId user, EntitlementFacts facts) {
      written.put(user, facts);
      return this;
    }

    void commit() {
      synchronized (MemoryStore.this) {
        running.remove(id);
        committed.putAll(written);
        written.keySet().forEach(user -> log.add(new Change(user, id)));
      }
    }
  }
}
