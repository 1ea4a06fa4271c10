package dev.codingplans.plugin.http.customer;

import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.catalog.SalesState;
import dev.codingplans.plugin.catalog.SalesStates;
import dev.codingplans.plugin.credential.Stock;
import dev.codingplans.plugin.http.Callers;
import dev.codingplans.plugin.http.Page;
import dev.codingplans.plugin.subscription.AvailabilityIntents;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.RequestAttribute;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

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
                        inStock.contains(plan.id()),
                        awaited.contains(plan.id())))
            .toList());
  }
}
