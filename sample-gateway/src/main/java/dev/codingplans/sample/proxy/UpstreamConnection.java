package dev.codingplans.sample.proxy;

import io.micronaut.http.HttpRequest;
import io.netty.channel.Channel;

/**
 * The connection that carries a call. Micronaut's client would read an abandoned answer to its end,
 * while the provider goes on producing it; closing the connection stops the provider.
 */
final class UpstreamConnection {

  /** Where the client leaves the channel: of its own for HTTP/1.1, one stream's for HTTP/2. */
  private static final String CHANNEL = "netty_channel";

  private final HttpRequest<?> request;

  UpstreamConnection(HttpRequest<?> request) {
    this.request = request;
  }

  /** Ends the call, if it has a connection by now. */
  @SuppressWarnings("FutureReturnValueIgnored") // a close that fails leaves nothing to do
  void close() {
    var channel = request.getAttribute(CHANNEL, Channel.class).orElse(null);
    if (channel != null) {
      channel.close();
    }
  }
}
