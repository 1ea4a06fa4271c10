package dev.codingplans.plugin.event.delivery;

import dev.codingplans.gateway.spi.Meters;
import dev.codingplans.plugin.event.delivery.DeliveryList.Backlog;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Shows what waits in a recipient's queue, and what came of this node's attempts. */
final class DeliveryMeters {

  private static final List<String> OUTCOMES = List.of("delivered", "failed", "abandoned");
  private static final Duration REFRESH = Duration.ofSeconds(5);

  private final Meters meters;
  private final DeliveryList list;
  private final String listener;
  private volatile Backlog backlog = Backlog.NONE;
  private long refreshAt = System.nanoTime();

  DeliveryMeters(Meters meters, DeliveryList list, String listener) {
    this.meters = meters;
    this.list = list;
    this.listener = listener;
    var labels = Map.of("listener", listener);
    meters.gauge("events.pending", labels, () -> backlog.pending());
    meters.gauge("events.pending.oldest.age.seconds", labels, () -> backlog.oldestAgeSeconds());
    // There from the start, so that the first one that is given up is seen as an increase.
    OUTCOMES.forEach(this::counter);
  }

  void count(String outcome) {
    counter(outcome).increment();
  }

  private Meters.Counter counter(String outcome) {
    return meters.counter("events.attempts", Map.of("listener", listener, "outcome", outcome));
  }

  /** Reads the backlog if that was not done for a while; called by one thread. */
  void refreshIfOld() {
    if (System.nanoTime() - refreshAt >= 0) {
      refreshAt = System.nanoTime() + REFRESH.toNanos();
      backlog = list.backlogOf(listener);
    }
  }
}
