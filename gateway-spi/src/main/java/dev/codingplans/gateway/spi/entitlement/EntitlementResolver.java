package dev.codingplans.gateway.spi.entitlement;

import java.util.concurrent.CompletionStage;

/**
 * Decides which credential, if any, serves a user's request to a model.
 *
 * <p>The host asks once for every request, on its event loop, before it opens the upstream
 * connection. Implementations are thread-safe and answer from memory in the common case: the
 * returned stage is then already complete. A user who may not proceed gets a {@link
 * Entitlement.Denied}, never an exception.
 *
 * <pre>{@code
 * resolver.resolve(new EntitlementQuery(new Scope.Personal(user), new ProviderId("minimax"), "MiniMax-M2"))
 *     .thenAccept(entitlement -> switch (entitlement) {
 *       case OwnKey(var key) -> forward(key);
 *       case PlanKey(var key, var plan, var until) -> forward(key);
 *       case Metered() -> forwardUnderHold(holds.hold(user, mostListCost));
 *       case Denied(var reason, var detail) -> refuse(reason, detail);
 *     });
 * }</pre>
 */
@FunctionalInterface
public interface EntitlementResolver {

  /**
   * Returns the entitlement that holds now.
   *
   * @return completes exceptionally only if no decision can be made, for example because nothing is
   *     cached and the store is down; the host then answers 503
   */
  CompletionStage<Entitlement> resolve(EntitlementQuery query);
}
