package dev.codingplans.plugin.event.delivery;

import dev.codingplans.gateway.spi.lifecycle.LifecycleListener;
import dev.codingplans.plugin.event.EventTypes;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * A listener of the host's.
 *
 * @param wanted what it wants, asked once: nothing of the host's runs in a transaction
 */
record HostRecipient(String name, Set<String> wanted, LifecycleListener listener)
    implements Recipient {

  static HostRecipient of(LifecycleListener listener) {
    var wanted =
        EventTypes.ALL.stream().filter(listener::wants).collect(Collectors.toUnmodifiableSet());
    return new HostRecipient(listener.name(), wanted, listener);
  }

  @Override
  public boolean wants(String type) {
    return wanted.contains(type);
  }

  @Override
  public CompletionStage<Void> deliver(Delivery delivery) {
    return listener.onEvent(delivery.event());
  }
}
