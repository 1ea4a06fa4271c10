package dev.codingplans.plugin.credential;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import io.micronaut.core.annotation.Introspected;

/** A plan of which something is in stock, at the provider that it was bought from. */
@Introspected
public record StockedPlan(String providerId, String planId) {

  public static StockedPlan of(PlanId plan, ProviderId provider) {
    return new StockedPlan(provider.value(), plan.value());
  }
}
