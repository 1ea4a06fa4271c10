package dev.codingplans.plugin.subscription;

import static dev.codingplans.plugin.refusal.Refusal.Code.KYC_REQUIRED;
import static dev.codingplans.plugin.refusal.Refusal.Code.UNAVAILABLE;

import dev.codingplans.gateway.spi.catalog.PlanOffer;
import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.gateway.spi.lifecycle.PurchasePolicy;
import dev.codingplans.gateway.spi.lifecycle.PurchasePolicy.Verdict;
import dev.codingplans.plugin.refusal.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The host's policies, asked one after another, outside any transaction. */
public final class PurchasePolicies {

  private static final Logger LOG = LoggerFactory.getLogger(PurchasePolicies.class);

  /** For all policies together. */
  private static final Duration MAX_WAIT = Duration.ofSeconds(4);

  private final List<PurchasePolicy> policies;

  public PurchasePolicies(List<PurchasePolicy> policies) {
    this.policies = List.copyOf(policies);
  }

  /** Returns why the host refuses the purchase, or that it cannot say; empty if it agrees. */
  public Optional<Refusal> judge(Caller caller, PlanOffer plan) {
    var deadline = System.nanoTime() + MAX_WAIT.toNanos();
    return policies.stream()
        .map(policy -> ask(policy, caller, plan, deadline))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Refusal> ask(
      PurchasePolicy policy, Caller caller, PlanOffer plan, long deadline) {
    try {
      var verdict =
          policy
              .judge(caller, plan)
              .toCompletableFuture()
              .get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      return switch (verdict) {
        case Verdict.Allowed allowed -> Optional.empty();
        case Verdict.KycRequired(String detail) -> Optional.of(new Refusal(KYC_REQUIRED, detail));
      };
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      LOG.warn("A purchase policy of the host gave no verdict.", e);
      return Optional.of(noVerdict());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(noVerdict());
    }
  }

  private static Refusal noVerdict() {
    return new Refusal(
        UNAVAILABLE, "Purchases cannot be checked right now. Try again in a moment.");
  }
}
