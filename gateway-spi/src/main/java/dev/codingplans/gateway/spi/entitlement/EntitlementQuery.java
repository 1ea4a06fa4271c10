package dev.codingplans.gateway.spi.entitlement;

import dev.codingplans.gateway.spi.catalog.ProviderId;

/**
 * The question whose credential serves a request.
 *
 * @param scope on whose behalf the request is sent
 * @param provider the provider that the request names
 * @param model the provider's own name of the model, without the provider's prefix
 */
public record EntitlementQuery(Scope scope, ProviderId provider, String model) {}
