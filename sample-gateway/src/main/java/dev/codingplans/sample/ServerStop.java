package dev.codingplans.sample;

import dev.codingplans.sample.proxy.ClientConnections;
import dev.codingplans.sample.proxy.Drains;
import io.micronaut.runtime.graceful.GracefulShutdownManager;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops the server: nothing new is accepted, and what is under way may end. */
record ServerStop(
    EmbeddedServer server,
    GracefulShutdownManager graceful,
    ClientConnections clients,
    Drains drains)
    implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ServerStop.class);
  private static final int SECONDS_FOR_REQUESTS_UNDER_WAY = 10;

  @Override
  public void close() {
    LOG.info("The gateway stops.");
    graceful
        .shutdownGracefully()
        .toCompletableFuture()
        .completeOnTimeout(null, SECONDS_FOR_REQUESTS_UNDER_WAY, TimeUnit.SECONDS)
        .join();
    graceful.reportActiveTasks().stream()
        .filter(open -> open > 0)
        .forEach(open -> LOG.warn("Cutting off {} connections that are still in use.", open));
    clients.cutOff();
    drains.endAll();
    server.stop();
  }
}
