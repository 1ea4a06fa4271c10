package dev.codingplans.plugin.http;

import io.micronaut.http.server.netty.NettyEmbeddedServer;
import io.netty.channel.EventLoopGroup;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads of the plugin's own HTTP server, which end some time after it was stopped. */
@Singleton
public class ServerThreads {

  private static final Logger LOG = LoggerFactory.getLogger(ServerThreads.class);
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final NettyEmbeddedServer server;
  private final List<EventLoopGroup> eventLoops;

  ServerThreads(NettyEmbeddedServer server, List<EventLoopGroup> eventLoops) {
    this.server = server;
    this.eventLoops = List.copyOf(eventLoops);
  }

  /**
   * Lets them end at once, without the time in which they would wait for more work: a host that
   * stops the plugin no longer sends it anything. To be called before the application context is
   * closed, which would let them wait.
   */
  @SuppressWarnings("FutureReturnValueIgnored") // awaitEnd waits for what it stands for
  public void end() {
    server.stopServerOnly();
    eventLoops.forEach(
        eventLoop -> eventLoop.shutdownGracefully(0, LIMIT.toMillis(), TimeUnit.MILLISECONDS));
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
