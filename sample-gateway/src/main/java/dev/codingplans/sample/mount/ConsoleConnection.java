package dev.codingplans.sample.mount;

import io.micronaut.http.HttpRequest;
import io.netty.channel.Channel;
import java.util.Optional;

/**
 * The connection that carries a request to a console. Micronaut's client gives none back to its
 * pool that failed before the answer, but leaves it open: a console would wait for the rest of a
 * body whose sender is gone, and the connection would count as in use.
 */
record ConsoleConnection(Optional<Channel> channel) {

  /** Where the client leaves the channel. */
  private static final String CHANNEL = "netty_channel";

  /** Returns the connection of a request that has one by now. */
  static ConsoleConnection of(HttpRequest<?> request) {
    return new ConsoleConnection(request.getAttribute(CHANNEL, Channel.class));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a close that fails leaves nothing to do
  void close() {
    channel.ifPresent(Channel::close);
  }
}
