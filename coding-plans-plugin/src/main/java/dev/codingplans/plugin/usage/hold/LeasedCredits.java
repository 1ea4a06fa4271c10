package dev.codingplans.plugin.usage.hold;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.gateway.spi.usage.CreditHolds;
import dev.codingplans.gateway.spi.usage.Hold;
import dev.codingplans.plugin.credit.ladder.Ladder;
import dev.codingplans.plugin.event.RenewalPossible;
import io.micronaut.transaction.annotation.TransactionalEventListener;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The leases of this node: holds come from memory, and only the first of a user has to wait. */
@Singleton
public class LeasedCredits implements CreditHolds {

  private static final Logger LOG = LoggerFactory.getLogger(LeasedCredits.class);

  private static final int MOST_LEASES = 20_000;
  private static final int MOST_AT_ONCE = 4;
  private static final Duration MOST_WAIT = Duration.ofMillis(4_500);

  /** Longer than other nodes take to look whether their leases are recalled. */
  private static final Duration UNTIL_RETURNED = Duration.ofMillis(300);

  private final LeaseGrowth growth;
  private final ConcurrentMap<UserId, NodeLease> leases = new ConcurrentHashMap<>();
  private final Semaphore turns = new Semaphore(MOST_AT_ONCE, true);
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("credit-lease-", 0).factory());

  private final Executor onceReturned =
      CompletableFuture.delayedExecutor(UNTIL_RETURNED.toMillis(), TimeUnit.MILLISECONDS, threads);

  LeasedCredits(LeaseGrowth growth) {
    this.growth = growth;
  }

  @Override
  public CompletionStage<Optional<Hold>> hold(UserId user, long mostListCost) {
    if (mostListCost > Ladder.MAX_LIST_COST) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    var lease = leases.get(user);
    if (lease == null) {
      return await(user, mostListCost);
    }
    var held = growth.hold(lease, mostListCost);
    if (held.isEmpty()) {
      return growth.refuses(lease, mostListCost)
          ? CompletableFuture.completedFuture(Optional.empty())
          : await(user, mostListCost);
    }
    if (lease.isLow(System.nanoTime())) {
      change(lease, growth::grow);
    }
    return CompletableFuture.completedFuture(
        Optional.of(growth.holdOf(lease, mostListCost, held.getAsLong())));
  }

  /** Credit that arrives at this node is there when the call returns. */
  @TransactionalEventListener
  void onCredit(RenewalPossible arrived) {
    var lease = leases.get(arrived.user());
    if (lease != null) {
      lease.credited(System.nanoTime());
    }
  }

  private CompletionStage<Optional<Hold>> await(UserId user, long mostListCost) {
    if (leases.size() >= MOST_LEASES && !leases.containsKey(user)) {
      return CompletableFuture.failedFuture(
          new RejectedExecutionException("too many users pay from credits at this node"));
    }
    var answer = new CompletableFuture<Optional<Hold>>();
    await(user, new Waiting(mostListCost, answer, 0));
    return answer.orTimeout(MOST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void await(UserId user, Waiting request) {
    var nanos = System.nanoTime();
    var lease = leases.computeIfAbsent(user, same -> new NodeLease(same, nanos));
    while (!lease.await(request, nanos)) {
      leases.remove(user, lease);
      lease = leases.computeIfAbsent(user, same -> new NodeLease(same, nanos));
    }
    change(lease, growth::grow);
  }

  Collection<NodeLease> all() {
    return leases.values();
  }

  /** Removes a lease if nobody uses it any more; tells whether that is so. */
  boolean forget(NodeLease lease) {
    var isClosed = lease.close();
    if (isClosed) {
      leases.remove(lease.user(), lease);
    }
    return isClosed;
  }

  /** Removes a lease whose row is gone. Whoever waits for it is to have a new one. */
  void abandon(NodeLease lease) {
    leases.remove(lease.user(), lease);
    lease.abandon().forEach(waiting -> await(lease.user(), waiting));
  }

  /** Changes a lease in the database, unless that is being done: one change of it at a time. */
  void change(NodeLease lease, Consumer<NodeLease> change) {
    change(lease, change, threads);
  }

  private void change(NodeLease lease, Consumer<NodeLease> change, Executor when) {
    if (!lease.begin()) {
      return;
    }
    try {
      when.execute(() -> run(lease, change));
    } catch (RejectedExecutionException e) {
      lease.end();
      lease.takeWaiting().forEach(waiting -> waiting.answer().completeExceptionally(e));
    }
  }

  private void run(NodeLease lease, Consumer<NodeLease> change) {
    try {
      inTurn(lease, change);
    } catch (RuntimeException e) {
      LOG.debug("A lease cannot be changed now.", e);
    } finally {
      if (lease.end()) {
        change(lease, growth::grow, lease.awaitsReturns() ? onceReturned : threads);
      }
    }
  }

  private void inTurn(NodeLease lease, Consumer<NodeLease> change) {
    turns.acquireUninterruptibly();
    try {
      change.accept(lease);
    } finally {
      turns.release();
    }
  }

  @PreDestroy
  void stop() {
    threads.shutdownNow();
  }
}
