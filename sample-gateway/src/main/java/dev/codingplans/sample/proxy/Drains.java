package dev.codingplans.sample.proxy;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers that are read to their end although their clients have left: so many at once (M3). */
@Singleton
final class Drains {

  static final Duration LONGEST = Duration.ofMinutes(2);

  private static final int MOST = 500;

  private final AtomicInteger open = new AtomicInteger();

  Drains(MeterRegistry meters) {
    meters.gauge("gateway.answers.drained", open);
  }

  /** Tells whether there is room for one more. */
  boolean enter() {
    if (open.incrementAndGet() <= MOST) {
      return true;
    }
    open.decrementAndGet();
    return false;
  }

  void leave() {
    open.decrementAndGet();
  }
}
