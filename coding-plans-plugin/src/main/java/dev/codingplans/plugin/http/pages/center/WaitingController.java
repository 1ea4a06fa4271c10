package dev.codingplans.plugin.http.pages.center;

import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.plugin.http.Callers;
import dev.codingplans.plugin.http.PathIds;
import dev.codingplans.plugin.http.pages.Outcomes;
import dev.codingplans.plugin.subscription.AvailabilityIntents;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.RequestAttribute;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;

/** Remembers who wants to be told when a plan is in stock again, and forgets it (N1). */
@Controller(CenterController.PATH + "/plans/{planId}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
class WaitingController {

  private final AvailabilityIntents intents;

  WaitingController(AvailabilityIntents intents) {
    this.intents = intents;
  }

  @Post("/notify")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> save(@RequestAttribute(Callers.ATTRIBUTE) Caller caller, String planId) {
    return Outcomes.of(
        CenterController.PATH,
        () -> {
          intents.save(caller.user(), PathIds.plan(planId));
          return "notification_saved";
        });
  }

  @Post("/forget")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> delete(@RequestAttribute(Callers.ATTRIBUTE) Caller caller, String planId) {
    return Outcomes.of(
        CenterController.PATH,
        () -> {
          intents.delete(caller.user(), PathIds.plan(planId));
          return "notification_withdrawn";
        });
  }
}
