package dev.codingplans.plugin.event.delivery;

import java.util.concurrent.CompletionStage;

/** One that is told of events, under a name that its queue has. */
sealed interface Recipient permits HostRecipient, Webhook {

  String name();

  boolean wants(String type);

  /** Hands an event over. May block; completes exceptionally if it is to be tried again. */
  CompletionStage<Void> deliver(Delivery delivery);
}
