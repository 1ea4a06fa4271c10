package dev.codingplans.plugin.event.delivery;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.lifecycle.LifecycleListener;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/** The listeners that the host has registered. */
public record HostListeners(List<LifecycleListener> listeners) {

  public HostListeners {
    listeners = List.copyOf(listeners);
  }

  /** Returns what is wrong with the names, beside those of the operator's webhooks. */
  public List<String> faults(EventSettings settings) {
    var taken = new HashSet<String>();
    settings.webhooks().forEach(webhook -> taken.add(webhook.name()));
    return listeners.stream()
        .map(LifecycleListener::name)
        .flatMap(name -> fault(name, taken.add(name)))
        .toList();
  }

  /** All names of queues have the form of ids. */
  private static Stream<String> fault(String name, boolean isFree) {
    if (!PlanId.isWellFormed(name)) {
      return Stream.of("A listener's name must match [a-z0-9][a-z0-9-]{0,63}: " + name + ".");
    }
    return isFree ? Stream.empty() : Stream.of("Two listeners have the name " + name + ".");
  }
}
