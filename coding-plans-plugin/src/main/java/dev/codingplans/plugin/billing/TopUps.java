package dev.codingplans.plugin.billing;

import dev.codingplans.gateway.spi.lifecycle.TopUpPort;
import dev.codingplans.gateway.spi.lifecycle.TopUpPort.Result;
import dev.codingplans.gateway.spi.lifecycle.TopUpPort.TopUp;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the host to collect credit, on threads of its own: outside any transaction, and beside
 * whatever requested it (G2). An attempt whose answer comes late is still recorded.
 */
@Singleton
class TopUps {

  private static final Logger LOG = LoggerFactory.getLogger(TopUps.class);

  private static final int MOST_AT_ONCE = 16;
  private static final int MOST_TRIES = 8;
  private static final Duration MAX_WAIT = Duration.ofSeconds(5);
  private static final Duration MAX_STOP = MAX_WAIT.plusSeconds(2);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  private final TopUpPort port;
  private final TopUpOutcome outcome;
  private final TopUpMeters meters;
  private final Map<UUID, CompletableFuture<?>> underWay = new ConcurrentHashMap<>();

  // Of its own, because a framework's would take the caller's connection along.
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          MOST_AT_ONCE, Thread.ofPlatform().name("coding-plans-top-up-", 0).daemon().factory());

  /** A host that blocks instead of answering blocks nobody else. */
  private final ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor();

  TopUps(TopUpPort port, TopUpOutcome outcome, TopUpMeters meters) {
    this.port = port;
    this.outcome = outcome;
    this.meters = meters;
  }

  /** Begins the attempts and returns at once. */
  void start(List<TopUp> topUps) {
    topUps.forEach(this::start);
  }

  /** Returns when all attempts of this node are answered or given up, but at the latest then. */
  void await(Duration atMost, BooleanSupplier stopping) {
    var deadline = System.nanoTime() + atMost.toNanos();
    while (!underWay.isEmpty() && !stopping.getAsBoolean() && System.nanoTime() < deadline) {
      CompletableFuture.allOf(underWay.values().toArray(CompletableFuture[]::new))
          .completeOnTimeout(null, LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)
          .join();
    }
  }

  /** What is under way is still written down, as far as the host answers in time. */
  @PreDestroy
  void stop() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(MAX_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("Top-ups are under way whose outcome will not be known.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    asking.shutdownNow();
    threads.shutdownNow();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // An attempt says itself how it went.
  private void start(TopUp topUp) {
    var attempt =
        CompletableFuture.runAsync(() -> ask(topUp), threads)
            .exceptionally(failure -> unrecorded(topUp, failure));
    underWay.put(topUp.id(), attempt);
    attempt.thenRun(() -> underWay.remove(topUp.id()));
  }

  /** Asks, and waits for a while; who answers later is heard then. */
  @SuppressWarnings("FutureReturnValueIgnored") // Recording says itself how it went.
  private void ask(TopUp topUp) {
    if (!outcome.isWanted(topUp)) {
      outcome.record(topUp, new Result.Failed("no longer wanted"));
      return;
    }
    var answer = answer(topUp);
    try {
      record(topUp, answer.get(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      LOG.warn("Top-up {} is not answered in time; it is not tried again.", topUp.id());
      meters.unanswered();
      answer
          .thenAcceptAsync(late -> record(topUp, late), threads)
          .exceptionally(failure -> unrecorded(topUp, failure));
    } catch (ExecutionException e) {
      throw new IllegalStateException("an answer never fails", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable Void unrecorded(TopUp topUp, Throwable failure) {
    LOG.error("Top-up {} could not be made, or its outcome not be recorded.", topUp.id(), failure);
    meters.unrecorded();
    return null;
  }

  /**
   * What was collected has to be written down, also while the account is held or the database is
   * away.
   */
  private void record(TopUp topUp, Result result) {
    meters.answered(result);
    for (int i = 1; i < MOST_TRIES; i++) {
      try {
        outcome.record(topUp, result);
        return;
      } catch (RuntimeException e) {
        LOG.warn("What became of top-up {} is recorded later: {}.", topUp.id(), result, e);
        LockSupport.parkNanos(LOOK_AGAIN.multipliedBy(1L << i).toNanos());
      }
    }
    outcome.record(topUp, result);
  }

  private CompletableFuture<Result> answer(TopUp topUp) {
    return CompletableFuture.supplyAsync(() -> port.request(topUp), asking)
        .thenCompose(Function.identity())
        .exceptionally(
            failure -> {
              LOG.warn("The host could not make top-up {}.", topUp.id(), failure);
              return new Result.Failed("no known outcome");
            });
  }
}
