package dev.codingplans.sample.proxy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * How one step of a request follows another. Most of them are over when they return: then the next
 * one runs at once, on the same thread, and nothing is put together for it.
 */
final class Steps {

  private Steps() {}

  /** Returns a step whose failure is another one. */
  static <T> CompletableFuture<T> orElse(
      CompletionStage<T> step, Function<Throwable, RuntimeException> failure) {
    return step.toCompletableFuture()
        .exceptionallyCompose(
            thrown -> CompletableFuture.failedFuture(failure.apply(causeOf(thrown))));
  }

  /** Returns what a step that always succeeds makes of a failure. */
  static <T> CompletableFuture<T> orElseGet(
      CompletionStage<T> step, Function<Throwable, T> answer) {
    return step.toCompletableFuture().exceptionally(thrown -> answer.apply(causeOf(thrown)));
  }

  /** Begins; what is thrown before the first step returns is a failure like any other. */
  static <T> CompletableFuture<T> begin(First<T> first) {
    try {
      return first.begin();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static Throwable causeOf(Throwable thrown) {
    return thrown instanceof CompletionException && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
  }

  /** The first step. */
  @FunctionalInterface
  interface First<T> {

    CompletableFuture<T> begin();
  }
}
