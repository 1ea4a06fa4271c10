package dev.codingplans.sample.proxy;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.entitlement.Entitlement;
import dev.codingplans.gateway.spi.entitlement.Entitlement.Metered;
import dev.codingplans.gateway.spi.entitlement.Entitlement.OwnKey;
import dev.codingplans.gateway.spi.entitlement.Entitlement.PlanKey;
import dev.codingplans.gateway.spi.entitlement.Secret;
import java.util.Optional;

/**
 * Who pays for a request, and the credential that goes upstream (E9).
 *
 * @param payer who pays, as clients see it; empty if the host itself does
 * @param plan the plan that pays
 * @param why the reason, for the request log
 * @param credential the provider's key
 * @param metering what the request holds of the user's credits, if they pay
 * @param entitlement the same as the plugin put it, for when the plugin is asked what became of it
 */
record Payment(
    Optional<String> payer,
    Optional<PlanId> plan,
    String why,
    Secret credential,
    Optional<Metering> metering,
    Entitlement entitlement) {

  static Payment by(PlanKey key) {
    return new Payment(
        Optional.of("plan"),
        Optional.of(key.plan()),
        "plan " + key.plan(),
        key.credential(),
        Optional.empty(),
        key);
  }

  static Payment by(OwnKey key) {
    return new Payment(
        Optional.of("byok"), Optional.empty(), "own key", key.credential(), Optional.empty(), key);
  }

  /** The host's own key serves, and the user's credits pay for it. */
  static Payment fromCredits(Secret platformKey, Metering metering) {
    return new Payment(
        Optional.of("credits"),
        Optional.empty(),
        "credits, " + metering.hold().id(),
        platformKey,
        Optional.of(metering),
        new Metered());
  }

  /** Gives back what is held: the request came to nothing. */
  void release() {
    metering.ifPresent(held -> held.hold().release());
  }

  /** The host's own key is nobody's entitlement, and no plugin is asked about it. */
  static Payment byHost(Secret credential) {
    return new Payment(
        Optional.empty(),
        Optional.empty(),
        "no plugin, host's key",
        credential,
        Optional.empty(),
        new OwnKey(credential));
  }
}
