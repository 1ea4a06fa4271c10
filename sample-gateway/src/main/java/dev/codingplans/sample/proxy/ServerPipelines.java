package dev.codingplans.sample.proxy;

import io.micronaut.context.annotation.Value;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Puts {@link StalledRequests}, {@link RequestFraming} and {@link OldClientAnswers} into every
 * connection of the server.
 */
@Singleton
final class ServerPipelines implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {

  private final Duration patience;
  private final ClientConnections clients;

  ServerPipelines(
      @Value("${sample-gateway.request-patience}") Duration patience, ClientConnections clients) {
    this.patience = patience;
    this.clients = clients;
  }

  @Override
  public NettyServerCustomizer.Registry onCreated(
      BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
    var registry = event.getBean();
    registry.register(new Unconnected(patience, clients));
    return registry;
  }

  private record Unconnected(Duration patience, ClientConnections clients)
      implements NettyServerCustomizer {

    @Override
    public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
      if (role != ChannelRole.CONNECTION) {
        return this;
      }
      clients.add(channel);
      return new Connection(channel, patience);
    }
  }

  private record Connection(Channel channel, Duration patience) implements NettyServerCustomizer {

    @Override
    public void onStreamPipelineBuilt() {
      var codec = ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC;
      var pipeline = channel.pipeline();
      if (pipeline.get(codec) != null) {
        var stalled = new StalledRequests(patience);
        pipeline
            .addBefore(codec, null, stalled)
            .addAfter(codec, null, new OldClientAnswers())
            .addAfter(codec, null, new RequestFraming())
            .addAfter(codec, null, stalled.new Progress());
      }
    }
  }
}
