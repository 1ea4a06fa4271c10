package dev.codingplans.sample.proxy;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The connections to clients, so that those which outlast the gateway can be cut off. */
@Singleton
public final class ClientConnections {

  private static final Duration MAX_WAIT = Duration.ofSeconds(2);

  private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

  void add(Channel connection) {
    open.add(connection);
  }

  /**
   * Ends all of them where they are. To be called before the providers' connections end: an answer
   * whose length is not known would look whole to its client.
   */
  public void cutOff() {
    open.close().awaitUninterruptibly(MAX_WAIT.toMillis());
  }
}
