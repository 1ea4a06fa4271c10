package dev.codingplans.gateway.spi.entitlement;

import dev.codingplans.gateway.spi.catalog.PlanId;
import java.time.Instant;

/**
 * The answer to an {@link EntitlementQuery}: whose credential serves the request, or why none does.
 * It holds at the moment it is given; a host asks again for the next request.
 */
public sealed interface Entitlement {

  /**
   * The user's own key of the provider.
   *
   * @param credential the key to send upstream
   */
  record OwnKey(Secret credential) implements Entitlement {}

  /**
   * A credential that comes with a plan.
   *
   * @param credential the key to send upstream; the user never sees it
   * @param plan the plan that pays
   * @param validUntil the end of the user's access; not to be used at or after it
   */
  record PlanKey(Secret credential, PlanId plan, Instant validUntil) implements Entitlement {}

  /**
   * The host's own key, paid from the user's credits: to be used only under a hold of {@code
   * CreditHolds}. Given only where the query says that the host sells the model.
   */
  record Metered() implements Entitlement {}

  /**
   * No credential serves the request.
   *
   * @param reason the stable reason, for programs
   * @param detail a sentence for the user
   */
  record Denied(Reason reason, String detail) implements Entitlement {}

  /** Why a request is denied. */
  enum Reason {
    /** No provider known to the gateway has that model. */
    MODEL_NOT_FOUND,
    /** The user has no usable key of the provider. */
    NO_ENTITLEMENT
  }
}
