package dev.codingplans.plugin.http.customer;

import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.http.Callers;
import dev.codingplans.plugin.http.ClientKeys;
import dev.codingplans.plugin.http.Idempotent;
import dev.codingplans.plugin.http.Page;
import dev.codingplans.plugin.http.SubscriptionView;
import dev.codingplans.plugin.http.problem.ProblemStatus;
import dev.codingplans.plugin.subscription.Cancellation;
import dev.codingplans.plugin.subscription.PaidTerm;
import dev.codingplans.plugin.subscription.Purchase;
import dev.codingplans.plugin.subscription.Subscription;
import dev.codingplans.plugin.subscription.Subscriptions;
import dev.codingplans.plugin.window.QuotaWindows;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
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
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Buys plans and shows what a user holds. */
@Controller("/api/subscriptions")
@ExecuteOn(TaskExecutors.BLOCKING)
class SubscriptionsController {

  private final Purchase purchase;
  private final Subscriptions subscriptions;
  private final Cancellation cancellation;
  private final Catalog catalog;
  private final ClientKeys keys;
  private final QuotaWindows windows;

  SubscriptionsController(
      Purchase purchase,
      Subscriptions subscriptions,
      Cancellation cancellation,
      Catalog catalog,
      ClientKeys keys,
      QuotaWindows windows) {
    this.purchase = purchase;
    this.subscriptions = subscriptions;
    this.cancellation = cancellation;
    this.catalog = catalog;
    this.keys = keys;
    this.windows = windows;
  }

  /** Tells what buying the plan would do (P10). */
  @Post("/preview")
  @Status(HttpStatus.OK)
  PreviewView preview(
      @RequestAttribute(Callers.ATTRIBUTE) Caller caller, @Valid @Body PlanChoice choice) {
    var preview = purchase.preview(caller, choice.planId());
    return new PreviewView(
        preview.priceMicrodollars(),
        preview.balanceAfterMicrodollars(),
        preview.blockers().stream().map(ProblemStatus::textOf).toList());
  }

  /** Buys the plan; a repeat with the same Idempotency-Key returns the same subscription. */
  @Idempotent
  @Post
  HttpResponse<SubscriptionView> buy(
      HttpRequest<?> request,
      @RequestAttribute(Callers.ATTRIBUTE) Caller caller,
      @Valid @Body PlanChoice choice) {
    var key = keys.ofUser(caller.user(), request, choice);
    var purchased = purchase.buy(caller, choice.planId(), key);
    var view = SubscriptionView.of(purchased.subscription(), catalog);
    return purchased.replayed()
        ? HttpResponse.ok(view).header(ClientKeys.REPLAYED, "true")
        : HttpResponse.created(view);
  }

  @Get
  Page<SubscriptionView> list(
      @RequestAttribute(Callers.ATTRIBUTE) Caller caller,
      @QueryValue(defaultValue = "false") boolean includeEnded,
      @Nullable @QueryValue String cursor,
      @QueryValue(defaultValue = "25") @Min(1) @Max(100) int limit) {
    var rows =
        subscriptions.listBefore(
            caller.user(), includeEnded, Page.positionBefore(cursor), limit + 1);
    return Page.of(
        rows,
        limit,
        Subscription::position,
        subscription -> SubscriptionView.of(subscription, catalog));
  }

  @Get("/{id}")
  SubscriptionView get(@RequestAttribute(Callers.ATTRIBUTE) Caller caller, UUID id) {
    return SubscriptionView.of(subscriptions.get(caller.user(), id), catalog);
  }

  /** Lets the subscription end when what is paid for is over; a repeat is harmless (X1). */
  @Post("/{id}/cancel")
  @Status(HttpStatus.OK)
  SubscriptionView cancel(@RequestAttribute(Callers.ATTRIBUTE) Caller caller, UUID id) {
    cancellation.cancel(caller.user(), id);
    return get(caller, id);
  }

  /** Takes a cancellation back; what is past due and funded renews at once (X1). */
  @Post("/{id}/resume")
  @Status(HttpStatus.OK)
  SubscriptionView resume(@RequestAttribute(Callers.ATTRIBUTE) Caller caller, UUID id) {
    cancellation.resume(caller.user(), id);
    return get(caller, id);
  }

  /** Lists what was paid for, newest first. */
  @Get("/{id}/terms")
  Page<TermView> terms(
      @RequestAttribute(Callers.ATTRIBUTE) Caller caller,
      UUID id,
      @Nullable @QueryValue String cursor,
      @QueryValue(defaultValue = "25") @Min(1) @Max(100) int limit) {
    var rows = subscriptions.termsBefore(caller.user(), id, Page.positionBefore(cursor), limit + 1);
    return Page.of(rows, limit, PaidTerm::position, TermView::of);
  }

  /** Tells what the provider leaves to the subscription (U1). */
  @Get("/{id}/usage")
  UsageView usage(@RequestAttribute(Callers.ATTRIBUTE) Caller caller, UUID id) {
    return UsageView.of(windows.read(caller.user(), id));
  }

  /** One paid stretch of time. */
  record TermView(
      UUID id,
      String kind,
      Instant periodStart,
      Instant periodEnd,
      long costMicrodollars,
      Instant createdAt) {

    static TermView of(PaidTerm term) {
      return new TermView(
          term.id(),
          term.kind(),
          term.periodStart(),
          term.periodEnd(),
          term.costMicrodollars(),
          term.createdAt());
    }
  }

  /** Which plan is meant. */
  @Introspected
  record PlanChoice(@NotNull String planId) {}

  /** What a purchase would do, and the codes of what stands in the way. */
  record PreviewView(
      long priceMicrodollars, long balanceAfterMicrodollars, List<String> blockers) {}
}
