package dev.codingplans.gateway.spi.entitlement;

import dev.codingplans.gateway.spi.catalog.ProviderId;

/**
 * The question whose credential serves a request.
 *
 * @param scope on whose behalf the request is sent
 * @param provider the provider that the request names
 * @param model the provider's own name of the model, without the provider's prefix
 * @param credits whether credits may pay
 */
public record EntitlementQuery(Scope scope, ProviderId provider, String model, Credits credits) {

  /** Makes the question of a host that does not sell the model from credits. */
  public EntitlementQuery(Scope scope, ProviderId provider, String model) {
    this(scope, provider, model, Credits.NOT_TAKEN);
  }

  /** Returns the same question, asked again because the plan is used up for now. */
  public EntitlementQuery withoutPlan() {
    return new EntitlementQuery(scope, provider, model, Credits.TAKEN_INSTEAD_OF_PLAN);
  }

  /** Whether credits may pay for a request. */
  public enum Credits {
    /** The host does not sell the model. */
    NOT_TAKEN,
    /** The host sells it to whoever has no key of the provider. */
    TAKEN,
    /** The plan is used up for now: the host sells it to whoever wants to go on from credits. */
    TAKEN_INSTEAD_OF_PLAN
  }
}
