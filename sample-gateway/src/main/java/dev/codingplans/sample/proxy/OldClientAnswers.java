package dev.codingplans.sample.proxy;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

/**
 * Writes an answer of unknown length to a client of HTTP/1.0, which knows no chunks: it ends with
 * the connection. The server closes that, because the answer does not offer to keep it.
 */
final class OldClientAnswers extends ChannelDuplexHandler {

  private boolean oldClient;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request) {
      oldClient |= request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) < 0;
    }
    context.fireChannelRead(message);
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // it is the promise that was given
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (oldClient && message instanceof HttpResponse response) {
      HttpUtil.setTransferEncodingChunked(response, false);
    }
    context.write(message, promise);
  }
}
