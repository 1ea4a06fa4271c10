package dev.codingplans.plugin.event.delivery;

import dev.codingplans.gateway.spi.lifecycle.LifecycleListener;
import java.util.concurrent.CompletionStage;

/** A listener of the host's. */
record HostRecipient(String name, LifecycleListener listener) implements Recipient {

  static HostRecipient of(LifecycleListener listener) {
    return new HostRecipient(listener.name(), listener);
  }

  @Override
  public boolean wants(String type) {
    return listener.wants(type);
  }

  @Override
  public CompletionStage<Void> deliver(Delivery delivery) {
    return listener.onEvent(delivery.event());
  }
}
