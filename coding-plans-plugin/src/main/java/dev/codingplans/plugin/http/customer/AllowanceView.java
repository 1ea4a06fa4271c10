package dev.codingplans.plugin.http.customer;

import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.quota.Allowance;
import java.time.Instant;
import java.util.UUID;

/** An allowance as it is shown. */
record AllowanceView(
    UUID id,
    String planId,
    String planName,
    String unit,
    int unitsTotal,
    int unitsUsed,
    long priceMicrodollars,
    Instant periodStart,
    Instant periodEnd) {

  static AllowanceView of(Allowance allowance, Catalog catalog) {
    return new AllowanceView(
        allowance.id(),
        allowance.planId().value(),
        catalog.nameOf(allowance.planId()),
        allowance.unit(),
        allowance.unitsTotal(),
        allowance.unitsUsed(),
        allowance.priceMicrodollars(),
        allowance.periodStart(),
        allowance.periodEnd());
  }
}
