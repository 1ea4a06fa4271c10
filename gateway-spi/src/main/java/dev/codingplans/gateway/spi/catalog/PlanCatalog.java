package dev.codingplans.gateway.spi.catalog;

import java.util.List;

/**
 * What a plugin sells and which models it knows, as a host may show it to anybody. It never changes
 * while the plugin runs; all methods can be called from any thread and do no I/O.
 */
public interface PlanCatalog {

  /** Returns the providers, in the order in which they are shown. */
  List<ProviderOffer> providers();

  /** Returns the plans, in the order in which they are shown. */
  List<PlanOffer> plans();
}
