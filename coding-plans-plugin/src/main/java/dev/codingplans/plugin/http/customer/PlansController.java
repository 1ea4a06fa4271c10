package dev.codingplans.plugin.http.customer;

import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.catalog.Plan;
import dev.codingplans.plugin.catalog.SalesState;
import dev.codingplans.plugin.catalog.SalesStates;
import dev.codingplans.plugin.credential.Stock;
import dev.codingplans.plugin.credential.StockedPlan;
import dev.codingplans.plugin.http.Callers;
import dev.codingplans.plugin.http.Page;
import dev.codingplans.plugin.subscription.AvailabilityIntents;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.RequestAttribute;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Set;

/** Shows what is sold. */
@Controller("/api/plans")
@ExecuteOn(TaskExecutors.BLOCKING)
class PlansController {

  private final Catalog catalog;
  private final SalesStates salesStates;
  private final Stock stock;
  private final AvailabilityIntents intents;

  PlansController(
      Catalog catalog, SalesStates salesStates, Stock stock, AvailabilityIntents intents) {
    this.catalog = catalog;
    this.salesStates = salesStates;
    this.stock = stock;
    this.intents = intents;
  }

  /** Lists the plans, in the catalog's order (C4). */
  @Get
  Page<PlanView> list(@RequestAttribute(Callers.ATTRIBUTE) Caller caller) {
    var states = salesStates.all();
    var inStock = stock.plansInStock();
    var awaited = intents.of(caller.user());
    return Page.whole(
        catalog.planList().stream()
            .map(
                plan ->
                    PlanView.of(
                        plan,
                        states.getOrDefault(plan.id(), SalesState.OPEN),
                        isIn(inStock, plan),
                        awaited.contains(plan.id())))
            .toList());
  }

  private static boolean isIn(Set<StockedPlan> stock, Plan plan) {
    return switch (plan) {
      case Plan.Credential credential ->
          stock.contains(StockedPlan.of(credential.id(), credential.providerId()));
      case Plan.Quota quota -> false;
    };
  }
}
