package dev.codingplans.plugin.http.customer;

import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.http.Callers;
import dev.codingplans.plugin.http.ClientKeys;
import dev.codingplans.plugin.http.Idempotent;
import dev.codingplans.plugin.quota.QuotaPurchase;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.RequestAttribute;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Map;

/** Buys quota plans. */
@Controller("/api/quota-plans")
@ExecuteOn(TaskExecutors.BLOCKING)
class QuotaPlansController {

  private final QuotaPurchase purchase;
  private final Catalog catalog;
  private final ClientKeys keys;

  QuotaPlansController(QuotaPurchase purchase, Catalog catalog, ClientKeys keys) {
    this.purchase = purchase;
    this.catalog = catalog;
    this.keys = keys;
  }

  /** Buys the plan; a repeat with the same Idempotency-Key returns the same allowance (Q2). */
  @Idempotent
  @Post("/{planId}/purchase")
  HttpResponse<AllowanceView> buy(
      HttpRequest<?> request, @RequestAttribute(Callers.ATTRIBUTE) Caller caller, String planId) {
    var key = keys.ofUser(caller.user(), request, Map.of());
    var purchased = purchase.buy(caller, planId, key);
    var view = AllowanceView.of(purchased.allowance(), catalog);
    return purchased.replayed()
        ? HttpResponse.ok(view).header(ClientKeys.REPLAYED, "true")
        : HttpResponse.created(view);
  }
}
