package dev.codingplans.plugin.http.pages.center;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.plugin.catalog.Catalog;
import java.time.Instant;
import java.util.UUID;

/** A subscription that has ended, as its owner sees it at a glance. */
record EndedPlan(
    UUID id,
    String name,
    String providerName,
    Instant startedAt,
    Instant endedAt,
    String reason,
    long priceMicrodollars,
    int periodDays) {

  static EndedPlan of(CenterRows.Ended row, Catalog catalog) {
    return new EndedPlan(
        row.id(),
        catalog.nameOf(new PlanId(row.planId())),
        catalog.nameOf(new ProviderId(row.providerId())),
        row.createdAt(),
        row.canceledAt(),
        row.cancellationReason(),
        row.priceMicrodollars(),
        row.periodDays());
  }
}
