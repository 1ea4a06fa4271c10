package dev.codingplans.host;

import static java.util.concurrent.CompletableFuture.completedFuture;

import dev.codingplans.gateway.spi.lifecycle.LifecycleEvent;
import dev.codingplans.gateway.spi.lifecycle.LifecycleListener;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down what happens. */
final class EventLog implements LifecycleListener {

  private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);

  @Override
  public String name() {
    return "log";
  }

  @Override
  public CompletionStage<Void> onEvent(LifecycleEvent event) {
    LOG.info("{} for {}", event.type(), event.user().map(Object::toString).orElse("nobody"));
    return completedFuture(null);
  }
}
