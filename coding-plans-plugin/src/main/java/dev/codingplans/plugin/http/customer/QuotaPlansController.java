package dev.codingplans.plugin.http.customer;

import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.http.Callers;
import dev.codingplans.plugin.http.ClientKeys;
import dev.codingplans.plugin.http.Idempotent;
import dev.codingplans.plugin.quota.QuotaPurchase;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.RequestAttribute;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Buys quota plans. */
@Controller("/api/quota-plans")
@ExecuteOn(TaskExecutors.BLOCKING)
class QuotaPlansController {

  private static final PurchaseRequest NOTHING_ELSE = new PurchaseRequest();

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
      HttpRequest<?> request,
      @RequestAttribute(Callers.ATTRIBUTE) Caller caller,
      String planId,
      @Nullable @Body PurchaseRequest purchaseRequest) {
    var asked = Optional.ofNullable(purchaseRequest).orElse(NOTHING_ELSE);
    var key = keys.ofUser(caller.user(), request, asked);
    var purchased = purchase.buy(caller, planId, key);
    var view = AllowanceView.of(purchased.allowance(), catalog);
    return purchased.replayed()
        ? HttpResponse.ok(view).header(ClientKeys.REPLAYED, "true")
        : HttpResponse.created(view);
  }

  /** The address says all; whoever asks for more is told, and not sold something else. */
  @Introspected
  record PurchaseRequest() {}
}
