package dev.codingplans.plugin.usage;

import dev.codingplans.gateway.spi.Meters;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Figures of this node's last pass over what waits to be charged. */
@Singleton
class UsageMeters {

  private final AtomicLong left = new AtomicLong();
  private final AtomicLong errors = new AtomicLong();
  private final AtomicLong recordsPerSecond = new AtomicLong();

  UsageMeters(Meters meters) {
    meters.gauge("usage.waiting", Map.of(), left::get);
    meters.gauge("usage.charging.errors", Map.of(), errors::get);
    meters.gauge("usage.charging.records.per.second", Map.of(), recordsPerSecond::get);
  }

  /**
   * Shows a pass.
   *
   * @param waiting how many records wait after it, up to some bound
   */
  void show(ChargingReport report, long waiting, Duration took) {
    left.set(waiting);
    errors.set(report.errors());
    recordsPerSecond.set(report.applied() * 1_000 / Math.max(1, took.toMillis()));
  }
}
