package dev.codingplans.sample.proxy;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a request whose end or host somebody in front of the gateway could see elsewhere (RFC
 * 9112, 3.2 and 6.3), and takes nothing more from its connection. The server's own codec takes a
 * broken chunk for the end of a body, and an unknown transfer coding for no body at all.
 */
final class RequestFraming extends ChannelDuplexHandler {

  private @Nullable HttpRequest underway;
  private boolean answered;
  private boolean broken;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (broken) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof HttpRequest request) {
      underway = request;
      answered = false;
      check(request);
    } else if (message instanceof HttpContent content && content.decoderResult().isFailure()) {
      content.release();
      breakOff(context, content.decoderResult());
      return;
    }
    context.fireChannelRead(message);
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // it is the promise that was given
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    answered |=
        message instanceof HttpResponse response
            && response.status().codeClass() != HttpStatusClass.INFORMATIONAL;
    context.write(message, promise);
  }

  private void check(HttpRequest request) {
    if (request.decoderResult().isSuccess() && !isClear(request)) {
      broken = true;
      // The server answers that with 400 and closes the connection.
      request.setDecoderResult(DecoderResult.failure(new DecoderException("ambiguous head")));
      request.setProtocolVersion(HttpVersion.HTTP_1_1);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a close that fails leaves nothing to do
  private void breakOff(ChannelHandlerContext context, DecoderResult failure) {
    broken = true;
    if (answered || underway == null) {
      context.close();
      return;
    }
    // For whoever has not looked at the head yet; who has, waits for the body.
    underway.setDecoderResult(failure);
    // The one kind that the server does not log as a failure of its own if nobody waits.
    context.fireExceptionCaught(new DecompressionException("broken chunk"));
  }

  private static boolean isClear(HttpRequest request) {
    var headers = request.headers();
    var codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
    var hosts = headers.getAll(HttpHeaderNames.HOST).size();
    var version = request.protocolVersion();
    return (codings.isEmpty() || isChunkedOnly(codings))
        && (version.equals(HttpVersion.HTTP_1_1)
            ? hosts == 1
            : version.equals(HttpVersion.HTTP_1_0) && hosts <= 1);
  }

  private static boolean isChunkedOnly(List<String> codings) {
    return codings.size() == 1
        && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.getFirst().strip());
  }
}
