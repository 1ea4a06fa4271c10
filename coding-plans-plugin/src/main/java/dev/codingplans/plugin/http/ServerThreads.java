package dev.codingplans.plugin.http;

import io.netty.channel.EventLoopGroup;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads of the plugin's own HTTP server, which end some time after it was stopped. */
@Singleton
public class ServerThreads {

  private static final Logger LOG = LoggerFactory.getLogger(ServerThreads.class);
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final List<EventLoopGroup> eventLoops;

  ServerThreads(List<EventLoopGroup> eventLoops) {
    this.eventLoops = List.copyOf(eventLoops);
  }

  /** Waits until all have ended; to be called after the application context was closed. */
  public void awaitEnd() {
    for (var eventLoop : eventLoops) {
      if (!eventLoop.terminationFuture().awaitUninterruptibly(LIMIT.toMillis())) {
        LOG.warn("A thread of the console's server did not end within {}.", LIMIT);
      }
    }
  }
}
