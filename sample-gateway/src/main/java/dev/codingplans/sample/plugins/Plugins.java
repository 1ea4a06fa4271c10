package dev.codingplans.sample.plugins;

import dev.codingplans.gateway.spi.Registrations;
import dev.codingplans.gateway.spi.catalog.PlanCatalog;
import dev.codingplans.gateway.spi.console.Console;
import dev.codingplans.gateway.spi.entitlement.EntitlementResolver;
import dev.codingplans.gateway.spi.entitlement.UpstreamErrors;
import dev.codingplans.gateway.spi.usage.CreditHolds;
import java.util.List;
import java.util.Optional;

/** What the plugins have registered: nothing in a plain gateway. Immutable. */
public final class Plugins {

  private final Optional<EntitlementResolver> entitlements;
  private final UpstreamErrors upstreamErrors;
  private final CreditHolds creditHolds;
  private final PlanCatalog catalog;
  private final List<Console> consoles;

  /** Puts together what plugins have registered, in the order of their jars. */
  public Plugins(List<Registrations> registrations) {
    this.entitlements = registrations.stream().map(Registrations::entitlements).findFirst();
    this.upstreamErrors =
        registrations.stream()
            .map(Registrations::upstreamErrors)
            .findFirst()
            .orElseGet(UpstreamErrors::byStatus);
    this.creditHolds =
        registrations.stream()
            .map(Registrations::creditHolds)
            .findFirst()
            .orElseGet(CreditHolds::none);
    this.catalog = MergedCatalog.of(registrations.stream().map(Registrations::catalog).toList());
    this.consoles = registrations.stream().flatMap(each -> each.console().stream()).toList();
  }

  /** Returns who decides whose credential serves a request; empty in a plain gateway. */
  public Optional<EntitlementResolver> entitlements() {
    return entitlements;
  }

  /** Returns who tells what a provider's answer means; in a plain gateway the status does. */
  public UpstreamErrors upstreamErrors() {
    return upstreamErrors;
  }

  /** Returns who sets credits aside; nobody in a plain gateway. */
  public CreditHolds creditHolds() {
    return creditHolds;
  }

  /** Returns what all plugins sell and which models they know. */
  public PlanCatalog catalog() {
    return catalog;
  }

  /** Returns what is to be mounted. */
  public List<Console> consoles() {
    return consoles;
  }
}
