package dev.codingplans.sample.proxy;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.entitlement.Secret;
import java.util.Optional;

/**
 * Who pays for a request, and the credential that goes upstream (E9).
 *
 * @param payer who pays, as clients see it; empty if the host itself does
 * @param plan the plan that pays
 * @param why the reason, for the request log
 * @param credential the provider's key
 */
record Payment(Optional<String> payer, Optional<PlanId> plan, String why, Secret credential) {

  static Payment byPlan(PlanId plan, Secret credential) {
    return new Payment(Optional.of("plan"), Optional.of(plan), "plan " + plan, credential);
  }

  static Payment byOwnKey(Secret credential) {
    return new Payment(Optional.of("byok"), Optional.empty(), "own key", credential);
  }

  static Payment byHost(Secret credential) {
    return new Payment(Optional.empty(), Optional.empty(), "no plugin, host's key", credential);
  }
}
