package dev.codingplans.sample.plugins;

import dev.codingplans.gateway.spi.catalog.PlanCatalog;
import dev.codingplans.gateway.spi.entitlement.EntitlementResolver;
import java.util.Optional;

/** What the loaded plugins registered. */
public interface Plugins {

  /** Returns who decides whose credential serves a request; empty without any plugin. */
  Optional<EntitlementResolver> entitlements();

  /** Returns what is sold and which models are known; empty lists without any plugin. */
  PlanCatalog catalog();
}
