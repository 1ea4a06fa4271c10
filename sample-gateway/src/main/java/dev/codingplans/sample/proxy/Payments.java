package dev.codingplans.sample.proxy;

import static dev.codingplans.sample.proxy.Refusal.Code.MODEL_NOT_FOUND;
import static dev.codingplans.sample.proxy.Refusal.Code.NO_ENTITLEMENT;

import dev.codingplans.gateway.spi.entitlement.Entitlement;
import dev.codingplans.gateway.spi.identity.UserId;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;

/** Finds out who pays for a request. Without a plugin it is the host, on its own key. */
@Singleton
final class Payments {

  private final Entitlements entitlements;
  private final ProxySettings settings;

  Payments(Entitlements entitlements, ProxySettings settings) {
    this.entitlements = entitlements;
    this.settings = settings;
  }

  /** Returns the payment; it fails with the refusal of whoever decides. */
  CompletableFuture<Payment> decide(UserId user, ModelName model) {
    return entitlements
        .resolve(user, model)
        .map(decision -> byPlugin(model, decision))
        .orElseGet(() -> CompletableFuture.completedFuture(byHost(model)));
  }

  /** Returns the model that a request names. */
  static ModelName named(String requested) {
    return ModelName.parse(requested).orElseThrow(Payments::unknownModel);
  }

  private CompletableFuture<Payment> byPlugin(
      ModelName model, CompletableFuture<Entitlement> decision) {
    if (!entitlements.know(model.provider())) {
      throw unknownModel();
    }
    return decision.thenApply(Payments::of);
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

  private static Payment of(Entitlement entitlement) {
    return switch (entitlement) {
      case Entitlement.OwnKey own -> Payment.by(own);
      case Entitlement.PlanKey plan -> Payment.by(plan);
      case Entitlement.Metered metered ->
          throw Refusal.of(NO_ENTITLEMENT, "This gateway sells nothing from credits.")
              .asException();
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
