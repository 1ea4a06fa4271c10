package dev.codingplans.plugin.credential;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.entitlement.Secret;
import java.util.UUID;

/** A credential that serves somebody, with its text, for a call of its provider and no longer. */
public record AssignedKey(UUID id, ProviderId provider, PlanId plan, Health health, Secret text) {}
