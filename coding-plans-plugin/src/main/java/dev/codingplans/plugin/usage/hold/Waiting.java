package dev.codingplans.plugin.usage.hold;

import dev.codingplans.gateway.spi.usage.Hold;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A request that waits for its user's lease to grow.
 *
 * @param attempt how often it has grown for it
 */
record Waiting(long listCost, CompletableFuture<Optional<Hold>> answer, int attempt) {

  Waiting again() {
    return new Waiting(listCost, answer, attempt + 1);
  }

  void refuse() {
    answer.complete(Optional.empty());
  }

  /** Whoever no longer waits has no use for the hold. */
  void give(Hold hold) {
    if (!answer.complete(Optional.of(hold))) {
      hold.release();
    }
  }
}
