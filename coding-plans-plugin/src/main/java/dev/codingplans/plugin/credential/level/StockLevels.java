package dev.codingplans.plugin.credential.level;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.catalog.Plan;
import dev.codingplans.plugin.credential.StockListener;
import dev.codingplans.plugin.event.LifecycleEvent.StockLow;
import dev.codingplans.plugin.event.Outbox;
import dev.codingplans.plugin.time.TimeSource;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;

/**
 * What was told of each plan's stock, so that each crossing is told once (I7). A rise is written
 * with what makes it, so that no fall right after it goes untold.
 */
@Singleton
class StockLevels implements StockListener {

  private final Catalog catalog;
  private final StockLevelRepository levels;
  private final TimeSource time;
  private final Outbox outbox;

  StockLevels(Catalog catalog, StockLevelRepository levels, TimeSource time, Outbox outbox) {
    this.catalog = catalog;
    this.levels = levels;
    this.time = time;
    this.outbox = outbox;
  }

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public void onStockAdded(PlanId plan, Instant now) {
    catalog.findCredentialPlan(plan).ifPresent(known -> settle(known, now));
  }

  /** Writes down how much there is now, and tells if that is less than what was told. */
  @Transactional
  public void settle(Plan.Credential plan) {
    settle(plan, time.now());
  }

  /** Counted under the lock of the level, and with a snapshot of its own: the last one is right. */
  private void settle(Plan.Credential plan, Instant now) {
    var told = lock(plan.id());
    var available = levels.count(plan.id(), plan.providerId(), plan.lowStock() + 1);
    var level = Level.of(available, plan.lowStock());
    if (level == told || levels.change(plan.id(), told.code(), level.code(), now) == 0) {
      return;
    }
    if (level.compareTo(told) < 0) {
      outbox.append(new StockLow(plan.id().value(), available, level.code()), now);
    }
  }

  private Level lock(PlanId plan) {
    levels.begin(plan);
    return Level.parse(levels.lock(plan).orElseThrow());
  }
}
