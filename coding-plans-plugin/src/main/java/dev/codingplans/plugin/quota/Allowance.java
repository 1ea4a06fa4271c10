package dev.codingplans.plugin.quota;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.database.PlanIdColumn;
import dev.codingplans.plugin.database.UserIdColumn;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

/**
 * Units of a plan that were paid once, to be used from {@code periodStart} up to and excluding
 * {@code periodEnd}. Plan, price and units are snapshots of the purchase.
 */
@MappedEntity("allowance")
public record Allowance(
    @Id UUID id,
    @UserIdColumn UserId userId,
    String unit,
    @PlanIdColumn PlanId planId,
    long priceMicrodollars,
    int unitsTotal,
    int unitsUsed,
    Instant periodStart,
    Instant periodEnd) {

  boolean isExhausted() {
    return unitsUsed >= unitsTotal;
  }

  /** Returns which unit is taken next; they count from 1. */
  int nextUnit() {
    return unitsUsed + 1;
  }

  /**
   * Returns what a unit costs for the books. The first ones carry what does not divide, a
   * microdollar each, so that all together cost the price exactly (Q3).
   */
  long costOfUnit(int number) {
    var remainder = priceMicrodollars % unitsTotal;
    return priceMicrodollars / unitsTotal + (number <= remainder ? 1 : 0);
  }
}
