package dev.codingplans.sample.plugins;

import dev.codingplans.gateway.spi.catalog.PlanOffer;
import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.gateway.spi.lifecycle.PurchasePolicy;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Sells some kinds of plans only to users whose token says that their identity was checked. */
final class KycPolicy implements PurchasePolicy {

  private final Set<PlanOffer.Kind> kinds;

  KycPolicy(Set<PlanOffer.Kind> kinds) {
    this.kinds = kinds;
  }

  @Override
  public CompletionStage<Verdict> judge(Caller caller, PlanOffer plan) {
    return CompletableFuture.completedFuture(
        kinds.contains(plan.kind()) && !"passed".equals(caller.claims().get("kyc"))
            ? new Verdict.KycRequired("Verify your identity before you buy this plan.")
            : new Verdict.Allowed());
  }
}
