package dev.codingplans.plugin.credential.level;

import dev.codingplans.gateway.spi.Meters;
import dev.codingplans.plugin.catalog.Plan;
import dev.codingplans.plugin.credential.level.StockCounter.Seen;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Shows how much of each plan is in stock; nothing before it was looked at. */
@Singleton
class StockGauges {

  private final Meters meters;
  private final Map<String, AtomicLong> values = new ConcurrentHashMap<>();

  StockGauges(Meters meters) {
    this.meters = meters;
  }

  /** The level is 0 for sold out, 1 for low, 2 for enough. */
  void show(List<Seen> plans) {
    for (Seen seen : plans) {
      set("stock.available", seen.plan(), seen.available());
      set("stock.level", seen.plan(), Level.of(seen.available(), seen.plan().lowStock()).figure());
    }
  }

  private void set(String name, Plan.Credential plan, long value) {
    var labels = Map.of("provider", plan.providerId().value(), "plan", plan.id().value());
    values.computeIfAbsent(name + labels, key -> register(name, labels)).set(value);
  }

  private AtomicLong register(String name, Map<String, String> labels) {
    var value = new AtomicLong();
    meters.gauge(name, labels, value::get);
    return value;
  }
}
