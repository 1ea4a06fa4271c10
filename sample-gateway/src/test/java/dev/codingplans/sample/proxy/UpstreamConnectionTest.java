package dev.codingplans.sample.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.core.io.buffer.ReadBuffer;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.body.CloseableByteBody;
import io.micronaut.http.body.stream.BodySizeLimits;
import io.micronaut.http.netty.body.NettyByteBodyFactory;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class UpstreamConnectionTest {

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final HttpRequest<?> request = HttpRequest.POST("/", "");
  private final UpstreamConnection connection = new UpstreamConnection(request);

  @Test
  @DisplayName("a client that leaves while there is no connection ends the call once there is one")
  void remembersDepartures() {
    connection.close();
    assertThat(channel.isOpen()).isTrue();

    request.setAttribute("netty_channel", channel);
    try (var body = body()) {
      connection.answered(body);

      assertThat(channel.isOpen()).isFalse();
    }
  }

  private CloseableByteBody body() {
    return new NettyByteBodyFactory(channel)
        .adapt(Mono.<ReadBuffer>never(), BodySizeLimits.UNLIMITED, null, null);
  }
}
