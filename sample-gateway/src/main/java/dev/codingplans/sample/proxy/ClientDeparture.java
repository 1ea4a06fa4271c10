package dev.codingplans.sample.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;

/**
 * Notices that a client leaves before its answer has begun; afterwards the body's reader does. The
 * server itself tells a handler nothing of it.
 */
final class ClientDeparture {

  private final ChannelFuture closed;
  private final ChannelFutureListener listener;

  @SuppressWarnings("FutureReturnValueIgnored") // it is the future that was given
  private ClientDeparture(ChannelFuture closed, Runnable action) {
    this.closed = closed;
    this.listener = future -> action.run();
    closed.addListener(listener);
  }

  static ClientDeparture of(Channel client, Runnable action) {
    return new ClientDeparture(client.closeFuture(), action);
  }

  /** Takes no more notice: the connection may serve other requests. */
  @SuppressWarnings("FutureReturnValueIgnored") // it is the future that was given
  void ignore() {
    closed.removeListener(listener);
  }
}
