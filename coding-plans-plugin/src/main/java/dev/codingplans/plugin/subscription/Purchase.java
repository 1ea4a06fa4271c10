package dev.codingplans.plugin.subscription;

import static dev.codingplans.plugin.refusal.Refusal.Code.UNKNOWN_PLAN;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.catalog.Plan;
import dev.codingplans.plugin.credit.Credits;
import dev.codingplans.plugin.credit.lease.Recall;
import dev.codingplans.plugin.idempotency.IdempotencyKey;
import dev.codingplans.plugin.refusal.Refusal;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Buys a credential plan, or tells what buying it would do. */
@Singleton
public class Purchase {

  private final Catalog catalog;
  private final PurchasePolicies policies;
  private final PurchaseTransaction transaction;
  private final PurchaseChecks checks;
  private final Credits credits;
  private final Recall recall;

  Purchase(
      Catalog catalog,
      PurchasePolicies policies,
      PurchaseTransaction transaction,
      PurchaseChecks checks,
      Credits credits,
      Recall recall) {
    this.catalog = catalog;
    this.policies = policies;
    this.transaction = transaction;
    this.checks = checks;
    this.credits = credits;
    this.recall = recall;
  }

  /** Buys the plan once, however often it is asked with the same key. */
  public Purchased buy(Caller caller, String planId, IdempotencyKey key) {
    var done = transaction.replay(caller.user(), key);
    if (done.isPresent()) {
      return new Purchased(done.get(), true);
    }
    var plan = get(planId);
    var veto = judge(caller, plan);
    return recall.whenFree(caller.user(), () -> transaction.buy(caller.user(), plan, veto, key));
  }

  /** Tells price, balance after, and everything that stands in the way (P10). */
  public Preview preview(Caller caller, String planId) {
    var plan = get(planId);
    var balance = credits.balanceOf(caller.user()).microdollars();
    var blockers =
        checks
            .blockers(caller.user(), plan, judge(caller, plan), balance)
            .map(Refusal::code)
            .toList();
    return new Preview(plan.priceMicrodollars(), balance - plan.priceMicrodollars(), blockers);
  }

  private Optional<Refusal> judge(Caller caller, Plan.Credential plan) {
    return policies.judge(caller, plan.offer());
  }

  /** A malformed id is that of no plan. */
  private Plan.Credential get(String id) {
    return Optional.of(id)
        .filter(PlanId::isWellFormed)
        .map(PlanId::new)
        .flatMap(catalog::findCredentialPlan)
        .orElseThrow(() -> new Refusal(UNKNOWN_PLAN, "There is no such plan to subscribe to."));
  }

  /** A subscription, bought now or before with the same key. */
  public record Purchased(Subscription subscription, boolean replayed) {}

  /** What a purchase would do. */
  public record Preview(
      long priceMicrodollars, long balanceAfterMicrodollars, List<Refusal.Code> blockers) {}
}
