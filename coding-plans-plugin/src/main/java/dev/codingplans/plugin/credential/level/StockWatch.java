package dev.codingplans.plugin.credential.level;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.credential.StockTaken;
import dev.codingplans.plugin.credential.level.StockCounter.Seen;
import dev.codingplans.plugin.time.RegularWork;
import io.micronaut.transaction.annotation.TransactionalEventListener;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Notices that a plan runs out: soon after something of it was taken on this node, and with a
 * regular look at all plans (I7). Nobody who buys waits for it.
 */
@Singleton
public class StockWatch {

  private static final Duration INTERVAL = Duration.ofSeconds(15);
  private static final long MOST_COUNTED = 100_000;

  private final Catalog catalog;
  private final StockCounter counter;
  private final StockLevels levels;
  private final StockGauges gauges;
  private final RegularWork work = new RegularWork("stock", INTERVAL, this::look);
  private final Set<PlanId> taken = ConcurrentHashMap.newKeySet();
  private long lookAtAllAt = System.nanoTime();

  StockWatch(Catalog catalog, StockCounter counter, StockLevels levels, StockGauges gauges) {
    this.catalog = catalog;
    this.counter = counter;
    this.levels = levels;
    this.gauges = gauges;
  }

  public void start() {
    work.start();
  }

  @TransactionalEventListener
  void onTaken(StockTaken event) {
    taken.add(event.plan());
    work.wake();
  }

  @PreDestroy
  void stop() {
    work.stop();
  }

  /** After a purchase nothing is counted further than it takes to know the level. */
  private void look() {
    var plans = catalog.credentialPlans().filter(plan -> taken.remove(plan.id())).toList();
    if (!plans.isEmpty()) {
      counter.count(plans, plan -> plan.lowStock() + 1L).forEach(this::tell);
    }
    if (System.nanoTime() - lookAtAllAt >= 0) {
      lookAtAllAt = System.nanoTime() + INTERVAL.toNanos();
      var all = counter.count(catalog.credentialPlans().toList(), plan -> MOST_COUNTED);
      gauges.show(all);
      all.forEach(this::tell);
    }
  }

  private void tell(Seen seen) {
    if (seen.isNews()) {
      levels.settle(seen.plan());
    }
  }
}
