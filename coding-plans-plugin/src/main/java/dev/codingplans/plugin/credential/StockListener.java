package dev.codingplans.plugin.credential;

import dev.codingplans.gateway.spi.catalog.PlanId;
import java.time.Instant;

/** Hears of stock that arrives. */
@FunctionalInterface
public interface StockListener {

  /** Called within the transaction that adds credentials of the plan to the stock. */
  void onStockAdded(PlanId plan, Instant now);
}
