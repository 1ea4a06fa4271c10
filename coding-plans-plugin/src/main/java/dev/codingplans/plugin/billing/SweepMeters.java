package dev.codingplans.plugin.billing;

import dev.codingplans.gateway.spi.Meters;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Shows what the sweeps of this node did, and what is left. */
@Singleton
class SweepMeters {

  private static final String OUTCOMES = "billing.sweep.outcomes";

  private final Meters meters;
  private final AtomicLong oldestDueSeconds = new AtomicLong();
  private final AtomicLong rowsPerSecond = new AtomicLong();

  SweepMeters(Meters meters) {
    this.meters = meters;
    meters.gauge("billing.due.oldest.seconds", Map.of(), oldestDueSeconds::get);
    meters.gauge("billing.sweep.rows.per.second", Map.of(), rowsPerSecond::get);
  }

  /** Shows a sweep; the age is that of the oldest that is still due after it. */
  void show(SweepReport report, Optional<Duration> oldestDue) {
    oldestDueSeconds.set(oldestDue.map(Duration::toSeconds).orElse(0L));
    rowsPerSecond.set(report.handled() * 1_000 / Math.max(1, report.durationMs()));
    count("renewed", report.renewed());
    count("past_due_started", report.pastDueStarted());
    count("recovered", report.recovered());
    count("ended_insufficient_credits", report.endedInsufficientCredits());
    count("ended_at_period_end", report.endedAtPeriodEnd());
    count("error", report.errors());
  }

  private void count(String outcome, long times) {
    var counter = meters.counter(OUTCOMES, Map.of("outcome", outcome));
    for (long i = 0; i < times; i++) {
      counter.increment();
    }
  }
}
