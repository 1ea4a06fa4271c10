package dev.codingplans.sample.proxy;

import io.micronaut.core.io.buffer.ReadBuffer;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.body.AvailableByteBody;
import io.micronaut.http.body.ByteBody.SplitBackpressureMode;
import io.micronaut.http.body.CloseableByteBody;
import io.netty.channel.Channel;
import reactor.core.publisher.Flux;

/**
 * The connection that carries a call. Micronaut's client would read an abandoned answer to its end,
 * while the provider goes on producing it; closing the connection stops the provider. Once the
 * answer has come whole, the connection belongs to whoever calls next.
 */
final class UpstreamConnection {

  /** Where the client leaves the channel: of its own for HTTP/1.1, one stream's for HTTP/2. */
  private static final String CHANNEL = "netty_channel";

  private final HttpRequest<?> request;
  private volatile boolean abandoned;
  private volatile boolean ended;

  UpstreamConnection(HttpRequest<?> request) {
    this.request = request;
  }

  /** Takes note of the answer, to know when it has come whole. */
  void answered(CloseableByteBody body) {
    if (body instanceof AvailableByteBody) {
      ended = true;
    } else {
      // The client tells the body's readers of the end before it gives the connection away. This
      // reader keeps nothing, and asks the provider for nothing.
      Flux.from(body.split(SplitBackpressureMode.ORIGINAL).toReadBufferPublisher())
          .doOnTerminate(() -> ended = true)
          .subscribe(ReadBuffer::close, failure -> {});
    }
    if (abandoned) {
      // There was no connection yet when the client left.
      close();
    }
  }

  /** Ends the call, unless it has ended. */
  void close() {
    abandoned = true;
    request.getAttribute(CHANNEL, Channel.class).ifPresent(this::close);
  }

  private void close(Channel channel) {
    // On the event loop nothing comes between the question and the close.
    if (channel.eventLoop().inEventLoop()) {
      closeUnlessEnded(channel);
    } else {
      channel.eventLoop().execute(() -> closeUnlessEnded(channel));
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a close that fails leaves nothing to do
  private void closeUnlessEnded(Channel channel) {
    if (!ended) {
      channel.close();
    }
  }
}
