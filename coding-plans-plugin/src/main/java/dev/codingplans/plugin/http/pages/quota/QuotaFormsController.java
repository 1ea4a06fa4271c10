package dev.codingplans.plugin.http.pages.quota;

import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.http.Callers;
import dev.codingplans.plugin.http.ClientKeys;
import dev.codingplans.plugin.http.PathIds;
import dev.codingplans.plugin.http.pages.Form;
import dev.codingplans.plugin.http.pages.Outcomes;
import dev.codingplans.plugin.http.pages.PagePaths;
import dev.codingplans.plugin.http.pages.Pages;
import dev.codingplans.plugin.http.pages.Section;
import dev.codingplans.plugin.http.pages.ShownPrice;
import dev.codingplans.plugin.quota.Allocations;
import dev.codingplans.plugin.quota.QuotaPurchase;
import dev.codingplans.plugin.refusal.Refusal;
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
import java.util.Optional;
import java.util.UUID;

/** Buys quota plans, takes units and lets go of them, by the panel's forms. */
@Controller(QuotaFormsController.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
class QuotaFormsController {

  static final String PATH = "/subscriptions/quota";

  /** Where the panel is. */
  private static final String PAGE = "/subscriptions";

  private static final String KEY = "key";
  private static final String LABEL = "label";

  private final QuotaPurchase purchase;
  private final Allocations allocations;
  private final Catalog catalog;
  private final ClientKeys keys;
  private final Pages pages;

  QuotaFormsController(
      QuotaPurchase purchase,
      Allocations allocations,
      Catalog catalog,
      ClientKeys keys,
      Pages pages) {
    this.purchase = purchase;
    this.allocations = allocations;
    this.catalog = catalog;
    this.keys = keys;
    this.pages = pages;
  }

  @Post("/plans/{planId}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> buy(
      HttpRequest<?> request,
      @RequestAttribute(Callers.ATTRIBUTE) Caller caller,
      @RequestAttribute(Form.ATTRIBUTE) Form form,
      String planId) {
    return Outcomes.of(
        PAGE,
        () -> {
          ShownPrice.require(form, catalog.findQuotaPlan(PathIds.plan(planId)));
          var key = keys.ofForm(caller.user(), form.text(KEY), request, Map.of());
          purchase.buy(caller, planId, key);
          return "quota_purchased";
        });
  }

  @Post("/units/{unit}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> take(
      HttpRequest<?> request,
      @RequestAttribute(Callers.ATTRIBUTE) Caller caller,
      @RequestAttribute(Form.ATTRIBUTE) Form form,
      String unit) {
    return Outcomes.of(
        PAGE,
        () -> {
          var label = label(form);
          var key =
              keys.ofForm(caller.user(), form.text(KEY), request, Map.of(LABEL, label.orElse("")));
          allocations.take(caller.user(), unit, label.orElse(null), key);
          return "quota_allocated";
        });
  }

  /** Asks whether a unit shall be let go of, which cannot be undone. */
  @Get("/units/{unit}/{id}/release")
  HttpResponse<String> confirmRelease(
      HttpRequest<?> request,
      @RequestAttribute(Callers.ATTRIBUTE) Caller caller,
      String unit,
      UUID id) {
    var allocation = allocations.get(caller.user(), unit, id);
    return PagePaths.isPart(request)
        ? pages.part(request, "quota/releaseDialog.jte", allocation)
        : pages.page(
            request,
            Section.SUBSCRIPTIONS,
            "quota.release.title",
            "quota/releasePage.jte",
            allocation);
  }

  @Post("/units/{unit}/{id}/release")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> release(
      @RequestAttribute(Callers.ATTRIBUTE) Caller caller, String unit, UUID id) {
    return Outcomes.of(
        PAGE,
        () -> {
          allocations.release(caller.user(), unit, id);
          return "quota_released";
        });
  }

  private static Optional<String> label(Form form) {
    var label = form.find(LABEL);
    if (label.isPresent() && !label.get().matches(Allocations.LABEL)) {
      throw Refusal.invalid(LABEL, "it must be 1 to 100 printable characters");
    }
    return label;
  }
}
