package dev.codingplans.sample.proxy;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.client.netty.NettyClientCustomizer;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.netty.channel.Channel;
import jakarta.inject.Singleton;

/** Puts {@link InformationalAnswers} into every connection of the HTTP clients. */
@Singleton
final class ClientPipelines implements BeanCreatedEventListener<NettyClientCustomizer.Registry> {

  @Override
  public NettyClientCustomizer.Registry onCreated(
      BeanCreatedEvent<NettyClientCustomizer.Registry> event) {
    var registry = event.getBean();
    registry.register(new Unconnected());
    return registry;
  }

  private record Unconnected() implements NettyClientCustomizer {

    @Override
    public NettyClientCustomizer specializeForChannel(Channel channel, ChannelRole role) {
      return switch (role) {
        case CONNECTION -> new Connection(channel);
        case HTTP2_STREAM -> new Http2Stream(channel);
      };
    }
  }

  private record Connection(Channel channel) implements NettyClientCustomizer {

    @Override
    public NettyClientCustomizer specializeForChannel(Channel stream, ChannelRole role) {
      return new Unconnected().specializeForChannel(stream, role);
    }

    @Override
    public void onStreamPipelineBuilt() {
      var codec = ChannelPipelineCustomizer.HANDLER_HTTP_CLIENT_CODEC;
      // Under HTTP/2 answers come in the streams.
      if (channel.pipeline().get(codec) != null) {
        channel.pipeline().addAfter(codec, null, new InformationalAnswers());
      }
    }
  }

  private record Http2Stream(Channel channel) implements NettyClientCustomizer {

    @Override
    public void onRequestPipelineBuilt() {
      channel
          .pipeline()
          .addBefore(
              ChannelPipelineCustomizer.HANDLER_MICRONAUT_HTTP_RESPONSE,
              null,
              new InformationalAnswers());
    }
  }
}
