package dev.codingplans.plugin.http.customer;

import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.plugin.http.Callers;
import dev.codingplans.plugin.http.PathIds;
import dev.codingplans.plugin.subscription.AvailabilityIntents;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.RequestAttribute;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** Remembers who wants to be told when a sold-out plan is in stock again (N1). */
@Controller("/api/plans/{planId}/availability-intent")
@ExecuteOn(TaskExecutors.BLOCKING)
class IntentsController {

  private final AvailabilityIntents intents;

  IntentsController(AvailabilityIntents intents) {
    this.intents = intents;
  }

  @Put
  IntentView save(@RequestAttribute(Callers.ATTRIBUTE) Caller caller, String planId) {
    intents.save(caller.user(), PathIds.plan(planId));
    return new IntentView(planId, true);
  }

  @Delete
  @Status(HttpStatus.NO_CONTENT)
  void delete(@RequestAttribute(Callers.ATTRIBUTE) Caller caller, String planId) {
    intents.delete(caller.user(), PathIds.plan(planId));
  }

  /** Whether the user waits for the plan. */
  record IntentView(String planId, boolean intentSaved) {}
}
