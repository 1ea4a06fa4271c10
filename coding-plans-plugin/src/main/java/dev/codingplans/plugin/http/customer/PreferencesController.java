package dev.codingplans.plugin.http.customer;

import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.plugin.account.Preferences;
import dev.codingplans.plugin.http.Callers;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.RequestAttribute;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

/** What a user wants of requests that no plan serves. */
@Controller("/api/preferences")
@ExecuteOn(TaskExecutors.BLOCKING)
class PreferencesController {

  private final Preferences preferences;

  PreferencesController(Preferences preferences) {
    this.preferences = preferences;
  }

  @Get
  Wanted show(@RequestAttribute(Callers.ATTRIBUTE) Caller caller) {
    return new Wanted(preferences.paysFromCredits(caller.user()));
  }

  /**
   * Lets requests be paid from credits where a plan is used up or has ended, or forbids that (E3).
   */
  @Put
  Wanted put(@RequestAttribute(Callers.ATTRIBUTE) Caller caller, @Valid @Body Wanted wanted) {
    preferences.setPaysFromCredits(caller.user(), wanted.payFromCreditsWhenPlanExhausted());
    return show(caller);
  }

  /** Whether credits pay where a plan is used up or has ended. */
  @Introspected
  record Wanted(@NotNull Boolean payFromCreditsWhenPlanExhausted) {}
}
