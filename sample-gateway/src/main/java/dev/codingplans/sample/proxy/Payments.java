package dev.codingplans.sample.proxy;

import static dev.codingplans.sample.proxy.Refusal.Code.MODEL_NOT_FOUND;
import static dev.codingplans.sample.proxy.Refusal.Code.NO_ENTITLEMENT;

import dev.codingplans.gateway.spi.entitlement.Entitlement;
import dev.codingplans.gateway.spi.entitlement.EntitlementQuery.Credits;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Finds out who pays for a request. Without a plugin it is the host, on its own key. */
@Singleton
final class Payments {

  private final Entitlements entitlements;
  private final CreditSales sales;
  private final ProxySettings settings;

  Payments(Entitlements entitlements, CreditSales sales, ProxySettings settings) {
    this.entitlements = entitlements;
    this.sales = sales;
    this.settings = settings;
  }

  /** Returns the payment; it fails with the refusal of whoever decides. */
  CompletableFuture<Payment> decide(Admitted request) {
    var model = request.model();
    var credits = sales.sells(model) ? Credits.TAKEN : Credits.NOT_TAKEN;
    return entitlements
        .resolve(request.user(), model, credits)
        .map(decision -> byPlugin(request, decision))
        .orElseGet(() -> CompletableFuture.completedFuture(byHost(model)));
  }

  /**
   * Returns how a request is paid whose plan is used up, if its user wants to go on from credits
   * (E6); it fails as {@link #decide} does.
   */
  CompletableFuture<Optional<Payment>> insteadOfPlan(Admitted request) {
    if (!sales.sells(request.model())) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    return entitlements
        .resolve(request.user(), request.model(), Credits.TAKEN_INSTEAD_OF_PLAN)
        .orElseThrow()
        .thenCompose(
            found ->
                found instanceof Entitlement.Metered
                    ? sales.pay(request).thenApply(Optional::of)
                    : CompletableFuture.completedFuture(Optional.empty()));
  }

  /** Returns the model that a request names. */
  static ModelName named(String requested) {
    return ModelName.parse(requested).orElseThrow(Payments::unknownModel);
  }

  private CompletableFuture<Payment> byPlugin(
      Admitted request, CompletableFuture<Entitlement> decision) {
    if (!entitlements.know(request.model().provider())) {
      throw unknownModel();
    }
    return decision.thenCompose(entitlement -> of(request, entitlement));
  }

  private Payment byHost(ModelName model) {
    if (!settings.upstreams().containsKey(model.provider())) {
      throw unknownModel();
    }
    return settings
        .platformKey()
        .map(Payment::byHost)
        .orElseThrow(
            () ->
                Refusal.of(NO_ENTITLEMENT, "This gateway has no key for this provider.")
                    .asException());
  }

  private CompletableFuture<Payment> of(Admitted request, Entitlement entitlement) {
    return switch (entitlement) {
      case Entitlement.OwnKey own -> CompletableFuture.completedFuture(Payment.by(own));
      case Entitlement.PlanKey plan -> CompletableFuture.completedFuture(Payment.by(plan));
      case Entitlement.Metered metered -> sales.pay(request);
      case Entitlement.Denied denied -> throw refusal(denied).asException();
    };
  }

  private static Refusal refusal(Entitlement.Denied denied) {
    return switch (denied.reason()) {
      case MODEL_NOT_FOUND -> Refusal.of(MODEL_NOT_FOUND, denied.detail());
      case NO_ENTITLEMENT -> Refusal.of(NO_ENTITLEMENT, denied.detail());
    };
  }

  private static RefusalException unknownModel() {
    return Refusal.of(MODEL_NOT_FOUND, "There is no such model; names are <provider>/<model>.")
        .asException();
  }
}
