package dev.codingplans.entitlement;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.entitlement.Secret;
import java.time.Instant;

/** The one key of a provider that a user has. */
public sealed interface Key {

  /** The key to send upstream. */
  Secret credential();

  /**
   * A key that the user brought.
   *
   * @param credential the key to send upstream
   * @param enabled whether the user has it switched on
   */
  record Own(Secret credential, boolean enabled) implements Key {}

  /**
   * A key that came with a plan; it cannot be switched off.
   *
   * @param credential the key to send upstream
   * @param plan the plan that pays
   * @param coverage the models that the plan pays for
   * @param validUntil the end of access; the key is not used at or after it
   */
  record Plan(Secret credential, PlanId plan, Coverage coverage, Instant validUntil)
      implements Key {}
}
