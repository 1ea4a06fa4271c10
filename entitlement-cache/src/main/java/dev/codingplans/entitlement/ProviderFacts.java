package dev.codingplans.entitlement;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.entitlement.Secret;
import java.time.Instant;

/** What is known of one user at one provider: the one key that there is, if any. */
public sealed interface ProviderFacts {

  /** Returns the provider. */
  ProviderId provider();

  /** Tells whether the user has, or once had, a plan of the provider. */
  boolean everSubscribed();

  /**
   * There is no key.
   *
   * @param provider the provider
   * @param everSubscribed whether the user once had a plan of the provider
   */
  record NoKey(ProviderId provider, boolean everSubscribed) implements ProviderFacts {}

  /**
   * A key that the user brought.
   *
   * @param provider the provider
   * @param credential the key to send upstream
   * @param enabled whether the user has it switched on
   * @param everSubscribed whether the user once had a plan of the provider
   */
  record OwnKey(ProviderId provider, Secret credential, boolean enabled, boolean everSubscribed)
      implements ProviderFacts {}

  /**
   * A key that came with a plan; it cannot be switched off.
   *
   * @param provider the provider
   * @param credential the key to send upstream
   * @param plan the plan that pays
   * @param coverage the models that the plan pays for
   * @param validUntil the end of access; the key is not used at or after it
   */
  record PlanKey(
      ProviderId provider, Secret credential, PlanId plan, Coverage coverage, Instant validUntil)
      implements ProviderFacts {

    @Override
    public boolean everSubscribed() {
      return true;
    }
  }
}
