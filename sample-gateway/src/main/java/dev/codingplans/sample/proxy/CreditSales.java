package dev.codingplans.sample.proxy;

import static dev.codingplans.sample.proxy.Refusal.Code.INSUFFICIENT_CREDITS;
import static dev.codingplans.sample.proxy.Refusal.Code.INVALID_REQUEST;

import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.gateway.spi.usage.Hold;
import dev.codingplans.sample.metered.MeteredRequest;
import dev.codingplans.sample.metered.UnsellableException;
import dev.codingplans.sample.plugins.Plugins;
import dev.codingplans.sample.settings.ModelPrice;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Sells models from credits, on the host's own key. Without that key nothing is sold. */
@Singleton
final class CreditSales {

  private final Plugins plugins;
  private final ProxySettings settings;

  CreditSales(Plugins plugins, ProxySettings settings) {
    this.plugins = plugins;
    this.settings = settings;
  }

  /** Tells whether the model is sold. */
  boolean sells(ModelName model) {
    return settings.platformKey().isPresent() && priceOf(model).isPresent();
  }

  /** Returns the payment, once the most that the request can cost is held (M1). */
  CompletableFuture<Payment> pay(Admitted request) {
    var price = priceOf(request.model()).orElseThrow();
    var metered = read(request, price);
    return hold(request.user(), metered.mostCost())
        .thenApply(
            hold ->
                Payment.fromCredits(
                    platformKey(), new Metering(hold.orElseThrow(CreditSales::poor), metered)));
  }

  /** Tells whether the user has any credits to pay with now. */
  CompletableFuture<Boolean> canPay(UserId user) {
    return hold(user, 1)
        .thenApply(
            hold -> {
              hold.ifPresent(Hold::release);
              return hold.isPresent();
            });
  }

  private CompletableFuture<Optional<Hold>> hold(UserId user, long mostCost) {
    return Steps.orElse(plugins.creditHolds().hold(user, mostCost), Unavailable::because);
  }

  private static MeteredRequest read(Admitted request, ModelPrice price) {
    try {
      return MeteredRequest.read(
          request.body().json(), price, request.call().format() == WireFormat.OPENAI);
    } catch (UnsellableException e) {
      throw Refusal.of(INVALID_REQUEST, e.detail()).asException();
    }
  }

  private Secret platformKey() {
    return settings.platformKey().orElseThrow();
  }

  private Optional<ModelPrice> priceOf(ModelName model) {
    return settings.prices().of(model.toString());
  }

  private static RefusalException poor() {
    return Refusal.of(
            INSUFFICIENT_CREDITS,
            "Your credits do not cover what this request can cost; a lower max_tokens costs less.")
        .asException();
  }
}
