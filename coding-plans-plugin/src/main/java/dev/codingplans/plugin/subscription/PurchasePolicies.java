package dev.codingplans.plugin.subscription;

import static dev.codingplans.plugin.refusal.Refusal.Code.UNAVAILABLE;

import dev.codingplans.gateway.spi.catalog.PlanOffer;
import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.gateway.spi.lifecycle.PurchasePolicy;
import dev.codingplans.gateway.spi.lifecycle.PurchasePolicy.Verdict;
import dev.codingplans.plugin.refusal.Refusal;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The host's policies, asked one after another, outside any transaction. */
public final class PurchasePolicies {

  private static final Logger LOG = LoggerFactory.getLogger(PurchasePolicies.class);
  private static final long MAX_SECONDS = 5;

  private final List<PurchasePolicy> policies;

  public PurchasePolicies(List<PurchasePolicy> policies) {
    this.policies = List.copyOf(policies);
  }

  /** Returns the first veto, if there is one. */
  Verdict judge(Caller caller, PlanOffer plan) {
    for (PurchasePolicy policy : policies) {
      switch (ask(policy, caller, plan)) {
        case Verdict.Allowed allowed -> {}
        case Verdict.KycRequired veto -> {
          return veto;
        }
      }
    }
    return new Verdict.Allowed();
  }

  private static Verdict ask(PurchasePolicy policy, Caller caller, PlanOffer plan) {
    try {
      return policy.judge(caller, plan).toCompletableFuture().get(MAX_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("A purchase policy of the host gave no verdict.", e);
      throw noVerdict();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw noVerdict();
    }
  }

  private static Refusal noVerdict() {
    return new Refusal(
        UNAVAILABLE, "Purchases cannot be checked right now. Try again in a moment.");
  }
}
