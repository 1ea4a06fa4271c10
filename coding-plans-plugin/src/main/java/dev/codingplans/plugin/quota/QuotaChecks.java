package dev.codingplans.plugin.quota;

import static dev.codingplans.plugin.refusal.Refusal.Code.INSUFFICIENT_CREDITS;
import static dev.codingplans.plugin.refusal.Refusal.Code.PLAN_ACTIVE;
import static dev.codingplans.plugin.refusal.Refusal.Code.UNKNOWN_PLAN;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.catalog.Plan;
import dev.codingplans.plugin.catalog.SalesStates;
import dev.codingplans.plugin.credit.Accounts;
import dev.codingplans.plugin.credit.Usd;
import dev.codingplans.plugin.refusal.Refusal;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/** What can stand in the way of buying a quota plan, in the order in which it is looked at (Q2). */
@Singleton
class QuotaChecks {

  private final SalesStates salesStates;
  private final AllowanceRepository allowances;
  private final Accounts accounts;

  QuotaChecks(SalesStates salesStates, AllowanceRepository allowances, Accounts accounts) {
    this.salesStates = salesStates;
    this.allowances = allowances;
    this.accounts = accounts;
  }

  /** Returns the plan that was asked for, or refuses with the first that stands in the way. */
  Plan.Quota require(
      UserId user, Optional<Plan.Quota> asked, Optional<Refusal> veto, long balance, Instant now) {
    none(veto);
    var plan =
        asked.orElseThrow(() -> new Refusal(UNKNOWN_PLAN, "There is no such quota plan to buy."));
    none(salesStates.refusal(plan.id()));
    none(allowances.findRunning(user, plan.unit(), now).map(QuotaChecks::running));
    none(accounts.refusalIfParked(user));
    if (balance < plan.priceMicrodollars()) {
      throw tooLittle(plan, balance);
    }
    return plan;
  }

  private static void none(Optional<Refusal> refusal) {
    refusal.ifPresent(
        it -> {
          throw it;
        });
  }

  private static Refusal running(Allowance allowance) {
    return new Refusal(
        PLAN_ACTIVE,
        "You have a plan with such units. It runs until " + allowance.periodEnd() + ".");
  }

  private static Refusal tooLittle(Plan.Quota plan, long balance) {
    return new Refusal(
        INSUFFICIENT_CREDITS,
        "This plan costs "
            + Usd.format(plan.priceMicrodollars())
            + ", and your balance is "
            + Usd.format(balance)
            + ".");
  }
}
