package dev.codingplans.plugin.event.delivery;

import dev.codingplans.plugin.event.delivery.Webhook.Refused;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One attempt to tell a recipient of an event, outside any transaction and only for a while. */
final class DeliveryAttempt {

  static final Duration MAX_WAIT = Duration.ofSeconds(10);

  private static final int MAX_REASON = 200;

  private final Recipient recipient;
  private final ExecutorService threads;

  DeliveryAttempt(Recipient recipient, ExecutorService threads) {
    this.recipient = recipient;
    this.threads = threads;
  }

  /** Returns why the recipient did not take the event; empty if it did. */
  Optional<String> make(Delivery delivery) {
    var deadline = System.nanoTime() + MAX_WAIT.toNanos();
    try {
      await(threads.submit(() -> recipient.deliver(delivery)), deadline);
      return Optional.empty();
    } catch (ExecutionException e) {
      return Optional.of(reason(Objects.requireNonNullElse(e.getCause(), e)));
    } catch (TimeoutException | RuntimeException e) {
      return Optional.of(reason(e));
    } catch (InterruptedException e) {
      // Not passed on: this thread has nothing left to do but to record it.
      return Optional.of("the gateway stopped");
    }
  }

  /** The call itself may block, and so may what it promises. */
  private static void await(Future<CompletionStage<Void>> call, long deadline)
      throws ExecutionException, InterruptedException, TimeoutException {
    try {
      var taken = call.get(left(deadline), TimeUnit.NANOSECONDS);
      taken.toCompletableFuture().get(left(deadline), TimeUnit.NANOSECONDS);
    } finally {
      call.cancel(true);
    }
  }

  private static long left(long deadline) {
    return Math.max(0, deadline - System.nanoTime());
  }

  /** Names the kind of failure only: messages may quote what was sent or answered. */
  private static String reason(Throwable failure) {
    if (failure instanceof CompletionException && failure.getCause() != null) {
      return reason(failure.getCause());
    }
    if (failure instanceof Refused refused) {
      return String.valueOf(refused.getMessage());
    }
    if (failure instanceof TimeoutException || failure instanceof HttpTimeoutException) {
      return "no answer within " + MAX_WAIT.toSeconds() + " seconds";
    }
    var name = failure.getClass().getName();
    return name.substring(0, Math.min(name.length(), MAX_REASON));
  }
}
