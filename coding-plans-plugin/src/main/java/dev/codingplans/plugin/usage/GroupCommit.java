package dev.codingplans.plugin.usage;

import dev.codingplans.gateway.spi.usage.UsageSink.Receipt;
import dev.codingplans.plugin.database.SqlState;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores records of many requests in one transaction: whoever comes while one commits goes with the
 * next. Nobody waits for the database but a thread of its own, and no more records wait than there
 * is room for; while the database is away they wait for it.
 */
@Singleton
class GroupCommit {

  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

  static final int MAX_WAITING = 20_000;

  private static final String STOPS = "The plugin stops.";
  private static final int MAX_TOGETHER = 1_000;
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Duration BEFORE_NEXT_ATTEMPT = Duration.ofMillis(250);
  private static final Duration MAX_STOP = Duration.ofSeconds(5);

  private final IntakeTransaction transaction;
  private final BlockingQueue<Pending> queue = new ArrayBlockingQueue<>(MAX_WAITING);
  private final CountDownLatch stop = new CountDownLatch(1);

  /** For what hosts do with their receipts, which may take any time. */
  private final ExecutorService receipts =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("usage-receipt-", 0).factory());

  private final Thread thread;
  private volatile boolean failing;

  GroupCommit(IntakeTransaction transaction) {
    this.transaction = transaction;
    this.thread =
        Thread.ofPlatform().name("coding-plans-usage-intake").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  CompletionStage<Receipt> add(Arrival arrival) {
    var pending = new Pending(arrival, new CompletableFuture<>());
    if (isStopping() || !queue.offer(pending)) {
      pending.fail(new RejectedExecutionException("No more usage can be taken in now."));
    } else if (isStopping()) {
      // It came in beside the stop: whoever empties the queue last tells it.
      failWaiting();
    }
    return pending.receipt().minimalCompletionStage();
  }

  private void run() {
    try {
      while (!isStopping() || !queue.isEmpty()) {
        storeNext();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      failWaiting();
    }
  }

  private void storeNext() throws InterruptedException {
    var first = queue.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
    if (first != null) {
      var together = new ArrayList<>(List.of(first));
      queue.drainTo(together, MAX_TOGETHER - 1);
      try {
        store(together);
      } catch (InterruptedException e) {
        fail(together, new RejectedExecutionException(STOPS, e));
        throw e;
      }
    }
  }

  /**
   * Stores them together; if that fails in halves, so that none suffers from another. Whatever is
   * thrown: without its thread there is no intake.
   */
  private void store(List<Pending> together) throws InterruptedException {
    try {
      var told = storeWhenPossible(together);
      for (int i = 0; i < told.size(); i++) {
        var receipt = told.get(i);
        tell(together.get(i), pending -> pending.receipt().complete(receipt));
      }
    } catch (RuntimeException | Error e) {
      if (together.size() == 1 || isStopping()) {
        LOG.error("{} usage records cannot be stored.", together.size(), e);
        fail(together, e);
      } else {
        var middle = together.size() / 2;
        store(together.subList(0, middle));
        store(together.subList(middle, together.size()));
      }
    }
  }

  /** Tries again for as long as the database is away, because an attempt may have been stored. */
  private List<Receipt> storeWhenPossible(List<Pending> together) throws InterruptedException {
    var arrivals = together.stream().map(Pending::arrival).toList();
    while (true) {
      try {
        var told = transaction.store(arrivals);
        failing = false;
        return told;
      } catch (RuntimeException e) {
        if (!SqlState.isMomentary(e) || isStopping()) {
          throw e;
        }
        sayOnce(e);
        if (stop.await(BEFORE_NEXT_ATTEMPT.toMillis(), TimeUnit.MILLISECONDS)) {
          throw e;
        }
      }
    }
  }

  private void sayOnce(RuntimeException failure) {
    if (!failing) {
      LOG.warn("Usage cannot be stored now; it waits in memory until it can.", failure);
    }
    failing = true;
  }

  private boolean isStopping() {
    return stop.getCount() == 0;
  }

  private void failWaiting() {
    var waiting = new ArrayList<Pending>();
    queue.drainTo(waiting);
    fail(waiting, new RejectedExecutionException(STOPS));
  }

  private void fail(List<Pending> together, Throwable why) {
    together.forEach(each -> tell(each, pending -> pending.fail(why)));
  }

  /** On another thread, so that no host keeps the next from being stored. */
  private void tell(Pending pending, Consumer<Pending> receipt) {
    try {
      receipts.execute(() -> receipt.accept(pending));
    } catch (RejectedExecutionException e) {
      // The plugin has stopped, and with it the intake.
      receipt.accept(pending);
    }
  }

  /** Stores what waits, if it can be stored at once. */
  @PreDestroy
  void stop() {
    stop.countDown();
    try {
      if (thread.isAlive() && !thread.join(MAX_STOP)) {
        LOG.warn("The intake of usage did not end within {}.", MAX_STOP);
        thread.interrupt();
      }
      receipts.shutdown();
      if (!receipts.awaitTermination(MAX_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("Not all receipts of usage were taken within {}.", MAX_STOP);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A record and who waits for its receipt. */
  private record Pending(Arrival arrival, CompletableFuture<Receipt> receipt) {

    void fail(Throwable why) {
      receipt.completeExceptionally(why);
    }
  }
}
