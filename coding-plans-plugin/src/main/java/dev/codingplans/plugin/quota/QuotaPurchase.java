package dev.codingplans.plugin.quota;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.PlanOffer;
import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.catalog.Plan;
import dev.codingplans.plugin.credit.lease.Recall;
import dev.codingplans.plugin.idempotency.IdempotencyKey;
import dev.codingplans.plugin.subscription.PurchasePolicies;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Buys a quota plan: pay once, then use its units within the period (Q1, Q2). */
@Singleton
public class QuotaPurchase {

  /** What a policy judges if the id that was sent is none. */
  private static final PlanId NO_PLAN = new PlanId("unknown");

  private final Catalog catalog;
  private final PurchasePolicies policies;
  private final QuotaPurchaseTransaction transaction;
  private final Recall recall;

  QuotaPurchase(
      Catalog catalog,
      PurchasePolicies policies,
      QuotaPurchaseTransaction transaction,
      Recall recall) {
    this.catalog = catalog;
    this.policies = policies;
    this.transaction = transaction;
    this.recall = recall;
  }

  /** Buys the plan once, however often it is asked with the same key. */
  public Purchased buy(Caller caller, String planId, IdempotencyKey key) {
    var done = transaction.replay(caller.user(), key);
    if (done.isPresent()) {
      return new Purchased(done.get(), true);
    }
    var id = Optional.of(planId).filter(PlanId::isWellFormed).map(PlanId::new);
    var plan = id.flatMap(catalog::findQuotaPlan);
    var offer = plan.map(Plan.Quota::offer).orElseGet(() -> unsold(id.orElse(NO_PLAN)));
    var veto = policies.judge(caller, offer);
    return recall.whenFree(caller.user(), () -> transaction.buy(caller.user(), plan, veto, key));
  }

  /**
   * A quota plan that is not there. The host is asked before anybody learns that (Q2), so that who
   * may buy no quota plan is told so whatever the id.
   */
  private static PlanOffer unsold(PlanId id) {
    return new PlanOffer(
        id, PlanOffer.Kind.QUOTA, Optional.empty(), id.value(), 0, Duration.ZERO, List.of());
  }

  /** An allowance, bought now or before with the same key. */
  public record Purchased(Allowance allowance, boolean replayed) {}
}
