package dev.codingplans.plugin.http.customer;

import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.plugin.credit.Credits;
import dev.codingplans.plugin.credit.ladder.Ladder;
import dev.codingplans.plugin.credit.ladder.LadderSettings;
import dev.codingplans.plugin.http.Callers;
import dev.codingplans.plugin.http.Page;
import dev.codingplans.plugin.refusal.Refusal;
import dev.codingplans.plugin.usage.UsageHistory;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestAttribute;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;

/** Shows a user what was used, and what a use would cost. */
@Controller("/api/usage")
@ExecuteOn(TaskExecutors.BLOCKING)
class UsageController {

  private final UsageHistory history;
  private final Credits credits;
  private final Ladder ladder;

  UsageController(UsageHistory history, Credits credits, LadderSettings settings) {
    this.history = history;
    this.credits = credits;
    this.ladder = settings.ladder();
  }

  /** Lists what was charged for, the latest use first. */
  @Get
  Page<UsageRecordView> list(
      @RequestAttribute(Callers.ATTRIBUTE) Caller caller,
      @Nullable @QueryValue String cursor,
      @QueryValue(defaultValue = "25") @Min(1) @Max(100) int limit) {
    var rows = history.listBefore(caller.user(), UsagePlaces.of(cursor), limit + 1);
    return UsagePlaces.page(rows, limit);
  }

  /** Sums up each category of each day, the latest day first; of the last 30 days by default. */
  @Get("/days")
  Page<UsageDayView> days(
      @RequestAttribute(Callers.ATTRIBUTE) Caller caller,
      @Nullable @QueryValue String from,
      @Nullable @QueryValue String to) {
    var today = credits.balanceOf(caller.user()).at();
    var days = Days.of(from, to, today);
    return Page.whole(
        history.sum(caller.user(), days.first(), days.last()).stream()
            .map(UsageDayView::of)
            .toList());
  }

  /** Tells what a use would cost now, without charging it. */
  @Post("/preview")
  @Status(HttpStatus.OK)
  UsagePreview preview(
      @RequestAttribute(Callers.ATTRIBUTE) Caller caller, @Valid @Body PreviewRequest use) {
    var category = use.appliesTo() == null ? Ladder.DEFAULT_CATEGORY : use.appliesTo();
    if (!ladder.knows(category)) {
      throw Refusal.invalid("appliesTo", "there is no such category");
    }
    var balance = credits.balanceOf(caller.user());
    var multiplier = ladder.multiplierAt(category, balance.firstPaidAt(), balance.at());
    var charge = Ladder.charge(use.listCostMicrodollars(), multiplier);
    var collected = Math.min(charge, balance.microdollars());
    return new UsagePreview(
        category,
        use.listCostMicrodollars(),
        ladder.tierAt(balance.firstPaidAt(), balance.at()).name(),
        multiplier.toPlainString(),
        charge,
        use.listCostMicrodollars() - charge,
        balance.microdollars() - collected,
        charge - collected);
  }

  /**
   * A use that may be.
   *
   * @param appliesTo its category; {@code hero_os_hourly} if absent
   */
  @Introspected
  record PreviewRequest(
      @Nullable String appliesTo,
      @NotNull @PositiveOrZero @Max(Ladder.MAX_LIST_COST) Long listCostMicrodollars) {}

  /**
   * What a use would cost.
   *
   * @param discountTier the step of the ladder that is true now
   * @param multiplier what the list cost is multiplied with, as a decimal text
   * @param uncollectedMicrodollars what the balance does not cover
   */
  record UsagePreview(
      String appliesTo,
      long listCostMicrodollars,
      String discountTier,
      String multiplier,
      long chargeMicrodollars,
      long savedMicrodollars,
      long balanceAfterMicrodollars,
      long uncollectedMicrodollars) {}
}
