package dev.codingplans.gateway.spi.lifecycle;

import java.util.concurrent.CompletionStage;

/**
 * A host's ear for what happens in a plugin. Each listener has a queue of its own in the plugin's
 * store, so it hears of everything it wants that was committed while its name was registered, also
 * if the gateway was down since; what fails is told again and holds up nobody else.
 *
 * <p>Events are told at least once: after a crash one may come twice, with the same id. Events of
 * one user come in order, one after another; those of different users come at the same time, a few
 * at once. The plugin calls from threads of its own, on any node of the gateway, outside any
 * transaction; a listener may block, for ten seconds at most.
 *
 * <pre>{@code
 * record Mails(MailService mails) implements LifecycleListener {
 *   public String name() { return "mails"; }
 *   public CompletionStage<Void> onEvent(LifecycleEvent event) {
 *     return switch (event.type()) {
 *       case "subscription.past_due" -> mails.sendOnce(event.id(), event.user().orElseThrow(), event.payload());
 *       default -> CompletableFuture.completedFuture(null);
 *     };
 *   }
 * }
 * }</pre>
 */
public interface LifecycleListener {

  /**
   * Returns the name of the listener's queue: unique, the same at every start, of the form {@code
   * [a-z0-9][a-z0-9-]{0,63}}. Under another name the listener is another one.
   */
  String name();

  /**
   * Tells whether the listener is told of events of a type; of all, unless it says otherwise. What
   * it does not want is not even queued for it, so a listener that is choosy costs little. The
   * answer is the same for as long as the gateway runs.
   */
  default boolean wants(String type) {
    return true;
  }

  /**
   * Takes an event.
   *
   * @return completes when the event is dealt with; completing exceptionally, or not within ten
   *     seconds, means: tell me again later
   */
  CompletionStage<Void> onEvent(LifecycleEvent event);
}
