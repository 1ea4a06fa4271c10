package dev.codingplans.plugin.http.pages.center;

import static dev.codingplans.plugin.refusal.Refusal.Code.NOT_FOUND;
import static dev.codingplans.plugin.refusal.Refusal.Code.UNKNOWN_PLAN;

import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.http.Callers;
import dev.codingplans.plugin.http.ClientKeys;
import dev.codingplans.plugin.http.PathIds;
import dev.codingplans.plugin.http.pages.Form;
import dev.codingplans.plugin.http.pages.Outcomes;
import dev.codingplans.plugin.http.pages.PagePaths;
import dev.codingplans.plugin.http.pages.PageSettings;
import dev.codingplans.plugin.http.pages.Pages;
import dev.codingplans.plugin.http.pages.Section;
import dev.codingplans.plugin.http.pages.ShownPrice;
import dev.codingplans.plugin.refusal.Refusal;
import dev.codingplans.plugin.subscription.Purchase;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.RequestAttribute;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.Map;

/** Asks whether a plan shall be bought, and buys it. */
@Controller(CenterController.PATH + "/plans/{planId}/purchase")
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
class PurchaseController {

  private static final String KEY = "key";

  private final Purchase purchase;
  private final Catalog catalog;
  private final ClientKeys keys;
  private final Pages pages;
  private final boolean purchases;

  PurchaseController(
      Purchase purchase, Catalog catalog, ClientKeys keys, Pages pages, PageSettings settings) {
    this.purchase = purchase;
    this.catalog = catalog;
    this.keys = keys;
    this.pages = pages;
    this.purchases = settings.purchases();
  }

  @Get
  HttpResponse<String> ask(
      HttpRequest<?> request, @RequestAttribute(Callers.ATTRIBUTE) Caller caller, String planId) {
    if (!purchases) {
      throw new Refusal(NOT_FOUND, "Plans are not sold here at the moment.");
    }
    var plan =
        catalog
            .findCredentialPlan(PathIds.plan(planId))
            .orElseThrow(() -> new Refusal(UNKNOWN_PLAN, "There is no such plan."));
    var dialog = PurchaseDialog.of(plan, purchase.preview(caller, planId));
    return PagePaths.isPart(request)
        ? pages.part(request, "center/purchaseDialog.jte", dialog)
        : pages.page(
            request,
            Section.SUBSCRIPTIONS,
            "center.purchase.title",
            "center/purchasePage.jte",
            dialog);
  }

  /** Buys the plan; the same form sent again buys nothing more. */
  @Post
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> buy(
      HttpRequest<?> request,
      @RequestAttribute(Callers.ATTRIBUTE) Caller caller,
      @RequestAttribute(Form.ATTRIBUTE) Form form,
      String planId) {
    return Outcomes.of(
        CenterController.PATH,
        () -> {
          ShownPrice.require(form, catalog.findCredentialPlan(PathIds.plan(planId)));
          var key = keys.ofForm(caller.user(), form.text(KEY), request, Map.of());
          purchase.buy(caller, planId, key);
          return "plan_purchased";
        });
  }
}
