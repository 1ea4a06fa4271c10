package dev.codingplans.plugin.admin;

import dev.codingplans.gateway.spi.Meters;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Shows what the last reconciliation of this node found, and how long ago that was. */
@Singleton
class ReconciliationGauges {

  private final Meters meters;
  private final Map<String, AtomicLong> totals = new ConcurrentHashMap<>();
  private final AtomicLong lastNanos = new AtomicLong(System.nanoTime());

  ReconciliationGauges(Meters meters) {
    this.meters = meters;
    // From the start on, so that a node that never gets to it is noticed.
    meters.gauge("reconciliation.age.seconds", Map.of(), () -> age().toSeconds());
  }

  /** Nothing is shown of violations and parked accounts before the first reconciliation. */
  void show(List<Finding> findings, long parkedAccounts) {
    findings.forEach(
        finding ->
            set(
                "reconciliation.violations",
                Map.of("check", finding.check().name()),
                finding.total()));
    set("accounts.parked", Map.of(), parkedAccounts);
    lastNanos.set(System.nanoTime());
  }

  private void set(String name, Map<String, String> labels, long value) {
    totals.computeIfAbsent(name + labels, key -> register(name, labels)).set(value);
  }

  private AtomicLong register(String name, Map<String, String> labels) {
    var total = new AtomicLong();
    meters.gauge(name, labels, total::get);
    return total;
  }

  private Duration age() {
    return Duration.ofNanos(System.nanoTime() - lastNanos.get());
  }
}
