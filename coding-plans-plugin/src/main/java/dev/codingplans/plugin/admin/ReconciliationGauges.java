package dev.codingplans.plugin.admin;

import dev.codingplans.gateway.spi.Meters;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Shows what the last reconciliation of this node found; nothing before the first. */
@Singleton
class ViolationGauges {

  private final Meters meters;
  private final Map<String, AtomicLong> totals = new ConcurrentHashMap<>();

  ViolationGauges(Meters meters) {
    this.meters = meters;
  }

  void show(Finding finding) {
    totals.computeIfAbsent(finding.check().name(), this::register).set(finding.total());
  }

  private AtomicLong register(String check) {
    var total = new AtomicLong();
    meters.gauge("reconciliation.violations", Map.of("check", check), total::get);
    return total;
  }
}
