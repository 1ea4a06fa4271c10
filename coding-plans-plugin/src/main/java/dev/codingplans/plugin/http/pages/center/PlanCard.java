package dev.codingplans.plugin.http.pages.center;

import dev.codingplans.plugin.catalog.Plan;
import dev.codingplans.plugin.catalog.SalesState;
import dev.codingplans.plugin.http.pages.Marks;
import java.util.Optional;

/**
 * A plan that is offered, and what keeps the viewer from subscribing to it.
 *
 * @param block why it cannot be bought now, if it cannot
 * @param live the viewer's subscription of the same provider
 * @param awaited whether the viewer wants to be told when it is in stock
 * @param missingMicrodollars what the balance lacks of its price
 */
record PlanCard(
    Plan.Credential plan,
    Optional<Block> block,
    Optional<HeldPlan> live,
    boolean soldOut,
    boolean awaited,
    long missingMicrodollars) {

  static PlanCard of(
      Plan.Credential plan, CenterRows rows, SalesState state, Optional<HeldPlan> live) {
    var soldOut = !rows.plansInStock().contains(plan.id().value());
    var hasKey = rows.keyProviders().contains(plan.providerId().value());
    return new PlanCard(
        plan,
        block(state, live.isPresent(), hasKey, soldOut),
        live,
        soldOut,
        rows.awaitedPlans().contains(plan.id().value()),
        Math.max(0, plan.priceMicrodollars() - rows.balanceMicrodollars()));
  }

  /** In the order of a purchase's checks (P2); funds are the purchase dialog's business. */
  private static Optional<Block> block(
      SalesState state, boolean isLive, boolean hasKey, boolean soldOut) {
    if (state == SalesState.PAUSED) {
      return Optional.of(Block.PAUSED);
    }
    if (isLive) {
      return Optional.of(Block.LIVE_PLAN);
    }
    if (hasKey) {
      return Optional.of(Block.OWN_KEY);
    }
    return soldOut ? Optional.of(Block.SOLD_OUT) : Optional.empty();
  }

  boolean is(Block other) {
    return block.filter(other::equals).isPresent();
  }

  /** Returns what stands for the provider where it has no mark. */
  String letter() {
    return Marks.of(plan.provider().name());
  }

  /** What keeps a plan from being bought. */
  enum Block {
    PAUSED,
    LIVE_PLAN,
    OWN_KEY,
    SOLD_OUT
  }
}
