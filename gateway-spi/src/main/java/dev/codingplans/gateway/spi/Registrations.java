package dev.codingplans.gateway.spi;

import dev.codingplans.gateway.spi.catalog.PlanCatalog;
import dev.codingplans.gateway.spi.console.Console;
import dev.codingplans.gateway.spi.entitlement.EntitlementResolver;
import dev.codingplans.gateway.spi.entitlement.UpstreamErrors;
import dev.codingplans.gateway.spi.lifecycle.AccountHook;
import dev.codingplans.gateway.spi.usage.CreditHolds;
import dev.codingplans.gateway.spi.usage.UsageSink;
import java.util.Optional;

/**
 * What a started plugin hands over to its host.
 *
 * @param entitlements decides whose credential serves a request
 * @param catalog what the plugin sells and which models it knows
 * @param console the plugin's own HTTP API and pages, if it has any, for the host to mount
 * @param accountHook what wants to know of deleted accounts, if anything does
 * @param upstreamErrors tells what a provider's answer means
 * @param usage takes what users have used, if the plugin charges for that
 * @param creditHolds sets credits aside for requests that are paid from them
 */
public record Registrations(
    EntitlementResolver entitlements,
    PlanCatalog catalog,
    Optional<Console> console,
    Optional<AccountHook> accountHook,
    UpstreamErrors upstreamErrors,
    Optional<UsageSink> usage,
    CreditHolds creditHolds) {

  /** Makes registrations of a plugin that charges for no usage. */
  public Registrations(
      EntitlementResolver entitlements,
      PlanCatalog catalog,
      Optional<Console> console,
      Optional<AccountHook> accountHook,
      UpstreamErrors upstreamErrors) {
    this(
        entitlements,
        catalog,
        console,
        accountHook,
        upstreamErrors,
        Optional.empty(),
        CreditHolds.none());
  }

  /** Makes registrations of a plugin that knows no provider's own words for failures. */
  public Registrations(
      EntitlementResolver entitlements,
      PlanCatalog catalog,
      Optional<Console> console,
      Optional<AccountHook> accountHook) {
    this(entitlements, catalog, console, accountHook, UpstreamErrors.byStatus());
  }

  /** Makes registrations of a plugin that keeps nothing of users' accounts. */
  public Registrations(
      EntitlementResolver entitlements, PlanCatalog catalog, Optional<Console> console) {
    this(entitlements, catalog, console, Optional.empty());
  }
}
