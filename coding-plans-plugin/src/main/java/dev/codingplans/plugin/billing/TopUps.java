package dev.codingplans.plugin.billing;

import dev.codingplans.gateway.spi.lifecycle.TopUpPort;
import dev.codingplans.gateway.spi.lifecycle.TopUpPort.Result;
import dev.codingplans.gateway.spi.lifecycle.TopUpPort.TopUp;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the host to collect credit, outside any transaction and only for a while (G2). */
@Singleton
class TopUps {

  private static final Logger LOG = LoggerFactory.getLogger(TopUps.class);

  private static final Duration MAX_WAIT = Duration.ofSeconds(5);
  private static final int MOST_AT_ONCE = 16;

  private final TopUpPort port;
  private final TopUpOutcome outcome;
  private final ExecutorService threads;
  private final Semaphore slots = new Semaphore(MOST_AT_ONCE);

  TopUps(
      TopUpPort port,
      TopUpOutcome outcome,
      @Named(TaskExecutors.BLOCKING) ExecutorService threads) {
    this.port = port;
    this.outcome = outcome;
    this.threads = threads;
  }

  /** Makes the attempts, some at once, and returns when all are answered or given up. */
  void make(List<TopUp> topUps) {
    var attempts = topUps.stream().map(this::attempt).toList();
    CompletableFuture.allOf(attempts.toArray(CompletableFuture[]::new)).join();
  }

  private CompletableFuture<Void> attempt(TopUp topUp) {
    slots.acquireUninterruptibly();
    return ask(topUp)
        .orTimeout(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS)
        .handle((result, failure) -> failure == null ? result : unknown(topUp, failure))
        .whenComplete((result, failure) -> slots.release())
        .thenAcceptAsync(result -> record(topUp, result), threads);
  }

  private CompletableFuture<Result> ask(TopUp topUp) {
    try {
      return port.request(topUp).toCompletableFuture().copy();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** The credit may still arrive, as a payment that the host reports. */
  private static Result unknown(TopUp topUp, Throwable failure) {
    LOG.warn("Top-up {} has no known outcome; it is not tried again.", topUp.id(), failure);
    return new Result.Failed(
        failure instanceof TimeoutException ? "no answer in time" : "no known outcome");
  }

  private void record(TopUp topUp, Result result) {
    try {
      outcome.record(topUp, result);
    } catch (RuntimeException e) {
      LOG.error("What became of top-up {} could not be recorded: {}.", topUp.id(), result, e);
    }
  }
}
