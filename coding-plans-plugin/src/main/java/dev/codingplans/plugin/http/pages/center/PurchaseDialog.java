package dev.codingplans.plugin.http.pages.center;

import dev.codingplans.plugin.catalog.Plan;
import dev.codingplans.plugin.http.problem.ProblemStatus;
import dev.codingplans.plugin.subscription.Purchase.Preview;
import java.util.List;
import java.util.UUID;

/**
 * What is asked before a plan is bought.
 *
 * @param blockers the codes of what stands in the way (P10)
 * @param key makes a purchase by this dialog happen once
 */
record PurchaseDialog(
    Plan.Credential plan, long balanceAfterMicrodollars, List<String> blockers, UUID key) {

  PurchaseDialog {
    blockers = List.copyOf(blockers);
  }

  static PurchaseDialog of(Plan.Credential plan, Preview preview) {
    return new PurchaseDialog(
        plan,
        preview.balanceAfterMicrodollars(),
        preview.blockers().stream().map(ProblemStatus::textOf).toList(),
        UUID.randomUUID());
  }

  long balanceMicrodollars() {
    return balanceAfterMicrodollars + plan.priceMicrodollars();
  }

  long missingMicrodollars() {
    return Math.max(0, -balanceAfterMicrodollars);
  }
}
