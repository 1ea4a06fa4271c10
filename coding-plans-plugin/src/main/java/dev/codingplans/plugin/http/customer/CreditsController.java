package dev.codingplans.plugin.http.customer;

import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.plugin.credit.Credits;
import dev.codingplans.plugin.credit.ladder.Ladder;
import dev.codingplans.plugin.credit.ladder.LadderSettings;
import dev.codingplans.plugin.http.Callers;
import dev.codingplans.plugin.payment.Payments;
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

/** Shows a user's balance. */
@Controller("/api/credits")
@ExecuteOn(TaskExecutors.BLOCKING)
class CreditsController {

  private final Credits credits;
  private final Payments payments;
  private final Ladder ladder;

  CreditsController(Credits credits, Payments payments, LadderSettings settings) {
    this.credits = credits;
    this.payments = payments;
    this.ladder = settings.ladder();
  }

  @Get
  CreditsView show(@RequestAttribute(Callers.ATTRIBUTE) Caller caller) {
    return CreditsView.of(credits.balanceOf(caller.user()), payments.owedBy(caller.user()), ladder);
  }

  /** Lets credit be collected when a renewal lacks it, or forbids that (G2). */
  @Put("/auto-top-up")
  CreditsView setAutoTopUp(
      @RequestAttribute(Callers.ATTRIBUTE) Caller caller, @Valid @Body AutoTopUpChoice choice) {
    credits.setAutoTopUp(caller.user(), choice.enabled());
    return show(caller);
  }

  /** Whether credit may be collected. */
  @Introspected
  record AutoTopUpChoice(@NotNull Boolean enabled) {}
}
