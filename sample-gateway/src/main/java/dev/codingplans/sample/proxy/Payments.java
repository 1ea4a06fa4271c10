package dev.codingplans.sample.proxy;

import static dev.codingplans.sample.proxy.Refusal.Code.MODEL_NOT_FOUND;
import static dev.codingplans.sample.proxy.Refusal.Code.NO_ENTITLEMENT;

import dev.codingplans.gateway.spi.entitlement.Entitlement;
import dev.codingplans.gateway.spi.identity.UserId;
import jakarta.inject.Singleton;
import reactor.core.publisher.Mono;

/** Finds out who pays for a request. Without a plugin it is the host, on its own key. */
@Singleton
final class Payments {

  private final Entitlements entitlements;
  private final ProxySettings settings;

  Payments(Entitlements entitlements, ProxySettings settings) {
    this.entitlements = entitlements;
    this.settings = settings;
  }

  /** Returns the payment, or the refusal of whoever decides. */
  Mono<Payment> decide(UserId user, ModelName model) {
    return entitlements
        .resolve(user, model)
        .map(decision -> byPlugin(model, decision))
        .orElseGet(() -> byHost(model));
  }

  /** Returns the model that a request names. */
  static ModelName named(String requested) {
    return ModelName.parse(requested).orElseThrow(Payments::unknownModel);
  }

  private Mono<Payment> byPlugin(ModelName model, Mono<Entitlement> decision) {
    return entitlements.know(model.provider())
        ? decision.map(Payments::of)
        : Mono.error(unknownModel());
  }

  private Mono<Payment> byHost(ModelName model) {
    if (!settings.upstreams().containsKey(model.provider())) {
      return Mono.error(unknownModel());
    }
    return Mono.justOrEmpty(settings.platformKey())
        .map(Payment::byHost)
        .switchIfEmpty(
            Mono.error(
                () ->
                    Refusal.of(NO_ENTITLEMENT, "This gateway has no key for this provider.")
                        .asException()));
  }

  private static Payment of(Entitlement entitlement) {
    return switch (entitlement) {
      case Entitlement.OwnKey own -> Payment.by(own);
      case Entitlement.PlanKey plan -> Payment.by(plan);
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
