package dev.codingplans.plugin.http.admin;

import dev.codingplans.plugin.catalog.SalesState;
import dev.codingplans.plugin.catalog.SalesStates;
import dev.codingplans.plugin.http.PathIds;
import dev.codingplans.plugin.http.audit.Audited;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

/** Opens and closes the sale of plans. */
@Controller("/admin/api/plans")
@ExecuteOn(TaskExecutors.BLOCKING)
class SalesController {

  private final SalesStates salesStates;

  SalesController(SalesStates salesStates) {
    this.salesStates = salesStates;
  }

  @Audited(value = "plan.sales_state", target = "plan:{planId}")
  @Put("/{planId}/sales-state")
  SalesStateView set(String planId, @Valid @Body SalesStateRequest request) {
    salesStates.set(PathIds.plan(planId), request.state());
    return new SalesStateView(planId, request.state());
  }

  /** Whether a plan is to be sold. */
  @Introspected
  record SalesStateRequest(@NotNull SalesState state) {}

  /** Whether a plan is sold. */
  record SalesStateView(String planId, SalesState state) {}
}
