package dev.codingplans.sample.plugins;

import dev.codingplans.gateway.spi.catalog.PlanCatalog;
import dev.codingplans.gateway.spi.catalog.PlanOffer;
import dev.codingplans.gateway.spi.catalog.ProviderOffer;
import java.util.List;

/** The catalogs of all plugins, one after the other. */
record MergedCatalog(List<ProviderOffer> providers, List<PlanOffer> plans) implements PlanCatalog {

  static PlanCatalog of(List<PlanCatalog> catalogs) {
    return new MergedCatalog(
        catalogs.stream().flatMap(catalog -> catalog.providers().stream()).toList(),
        catalogs.stream().flatMap(catalog -> catalog.plans().stream()).toList());
  }
}
