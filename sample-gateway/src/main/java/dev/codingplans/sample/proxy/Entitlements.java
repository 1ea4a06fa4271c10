package dev.codingplans.sample.proxy;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.catalog.ProviderOffer;
import dev.codingplans.gateway.spi.entitlement.Entitlement;
import dev.codingplans.gateway.spi.entitlement.EntitlementQuery;
import dev.codingplans.gateway.spi.entitlement.EntitlementQuery.Credits;
import dev.codingplans.gateway.spi.entitlement.EntitlementResolver;
import dev.codingplans.gateway.spi.entitlement.Scope;
import dev.codingplans.gateway.spi.entitlement.UpstreamVerdict;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.sample.plugins.Plugins;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Asks the plugin, if there is one, whose credential serves a user's request. */
@Singleton
final class Entitlements {

  private final Plugins plugins;

  Entitlements(Plugins plugins) {
    this.plugins = plugins;
  }

  /** Returns the providers that the plugin knows; none without a plugin. */
  List<ProviderOffer> providers() {
    return plugins.catalog().providers();
  }

  /** Tells whether the plugin knows the provider. */
  boolean know(ProviderId provider) {
    return providers().stream().anyMatch(offer -> offer.id().equals(provider));
  }

  /** Returns the entitlement, a refusal if no decision can be made, or empty without a plugin. */
  Optional<CompletableFuture<Entitlement>> resolve(UserId user, ModelName model, Credits credits) {
    return plugins.entitlements().map(resolver -> resolve(resolver, user, model, credits));
  }

  /** Returns what a provider's answer to a request that was paid so means. */
  UpstreamVerdict judge(ProviderId provider, Payment payment, int status, byte[] start) {
    return plugins.upstreamErrors().judge(provider, payment.entitlement(), status, start);
  }

  private static CompletableFuture<Entitlement> resolve(
      EntitlementResolver resolver, UserId user, ModelName model, Credits credits) {
    var query =
        new EntitlementQuery(new Scope.Personal(user), model.provider(), model.model(), credits);
    return Steps.orElse(resolver.resolve(query), Unavailable::because);
  }
}
