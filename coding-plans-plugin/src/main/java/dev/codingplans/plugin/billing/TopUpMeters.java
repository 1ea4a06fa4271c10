package dev.codingplans.plugin.billing;

import dev.codingplans.gateway.spi.Meters;
import dev.codingplans.gateway.spi.lifecycle.TopUpPort.Result;
import jakarta.inject.Singleton;
import java.util.Map;

/** Counts this node's attempts to collect credit, by what came of them. */
@Singleton
class TopUpMeters {

  private final Meters.Counter succeeded;
  private final Meters.Counter pending;
  private final Meters.Counter failed;
  private final Meters.Counter unanswered;
  private final Meters.Counter unrecorded;

  TopUpMeters(Meters meters) {
    this.succeeded = counter(meters, "succeeded");
    this.pending = counter(meters, "pending");
    this.failed = counter(meters, "failed");
    this.unanswered = counter(meters, "unanswered");
    this.unrecorded = counter(meters, "unrecorded");
  }

  private static Meters.Counter counter(Meters meters, String outcome) {
    return meters.counter("topups", Map.of("outcome", outcome));
  }

  /** Counts what the host answered. */
  void answered(Result result) {
    var counter =
        switch (result) {
          case Result.Succeeded done -> succeeded;
          case Result.Pending underWay -> pending;
          case Result.Failed refused -> failed;
        };
    counter.increment();
  }

  /** The host took too long; should it answer yet, that is counted too. */
  void unanswered() {
    unanswered.increment();
  }

  /** What was answered could not be written down: an operator has to look. */
  void unrecorded() {
    unrecorded.increment();
  }
}
