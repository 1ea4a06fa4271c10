package dev.codingplans.plugin.http.pages.stock;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.plugin.catalog.Catalog;
import java.util.List;
import java.util.Optional;

/**
 * A page of what is to be ended at the providers.
 *
 * @param older where the next page is
 * @param isFirst whether it starts with the newest request
 */
record Queue(
    QueueFilter filter,
    List<RevocationRow> rows,
    Optional<String> older,
    boolean isFirst,
    Catalog catalog) {

  String planName(RevocationRow row) {
    return catalog.nameOf(new PlanId(row.planId()));
  }

  String providerName(RevocationRow row) {
    return catalog.nameOf(new ProviderId(row.providerId()));
  }

  /** Returns where a deed is asked for; it leads back to the same part of the queue. */
  String path(Deed deed, RevocationRow row) {
    return deed.path(row.id()) + filter.query();
  }
}
