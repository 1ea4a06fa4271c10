package dev.codingplans.gateway.spi.lifecycle;

import dev.codingplans.gateway.spi.catalog.PlanOffer;
import dev.codingplans.gateway.spi.identity.Caller;
import java.util.concurrent.CompletionStage;

/**
 * A host's say in who may buy: identity checks (KYC) and the like. It is asked before a purchase,
 * outside any transaction, from any thread; it may do I/O.
 *
 * <pre>{@code
 * PurchasePolicy kyc = (caller, plan) -> completedFuture(
 *     "passed".equals(caller.claims().get("kyc")) ? new Verdict.Allowed() : new Verdict.KycRequired("Verify your identity first."));
 * }</pre>
 */
@FunctionalInterface
public interface PurchasePolicy {

  /**
   * Judges a purchase before it is made. A quota plan that does not exist is judged, too, as one of
   * that id with no price and no period, before the user learns that there is none.
   *
   * @return completes exceptionally if there is no verdict now; the purchase is then refused as
   *     unavailable
   */
  CompletionStage<Verdict> judge(Caller caller, PlanOffer plan);

  /** What a policy says. */
  sealed interface Verdict {

    /** The purchase may go on. */
    record Allowed() implements Verdict {}

    /**
     * The host does not know the user well enough yet.
     *
     * @param detail a sentence that tells the user what to do
     */
    record KycRequired(String detail) implements Verdict {}
  }
}
