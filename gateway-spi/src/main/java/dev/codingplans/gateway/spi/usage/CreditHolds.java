package dev.codingplans.gateway.spi.usage;

import dev.codingplans.gateway.spi.identity.UserId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Sets credits aside for requests that the host serves with its own key, so that no balance is ever
 * overdrawn.
 *
 * <p>The host asks after it was answered {@code Entitlement.Metered} and before it sends anything
 * upstream, on its event loop. Implementations are thread-safe and answer from memory in the common
 * case: the returned stage is then already complete.
 *
 * <pre>{@code
 * holds.hold(user, mostListCost)
 *     .thenCompose(hold -> hold.map(this::send).orElseGet(() -> refuse("insufficient_credits")));
 * }</pre>
 */
@FunctionalInterface
public interface CreditHolds {

  /**
   * Holds what a request costs at most.
   *
   * @param mostListCostMicrodollars the most that it can cost before any discount; not negative
   * @return the hold, or empty if the user's credits do not cover it; completes exceptionally only
   *     if that cannot be told now, and the host then answers 503
   */
  CompletionStage<Optional<Hold>> hold(UserId user, long mostListCostMicrodollars);

  /** Returns what holds nothing: of a plugin that knows no credits. */
  static CreditHolds none() {
    return (user, mostListCost) -> CompletableFuture.completedFuture(Optional.empty());
  }
}
