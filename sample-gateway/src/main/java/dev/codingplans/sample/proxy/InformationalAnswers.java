package dev.codingplans.sample.proxy;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.Set;

/**
 * Drops what a provider sends ahead of its answer, such as 103. Micronaut's client would take it
 * for the answer, and the answer itself for that of the next call.
 */
final class InformationalAnswers extends ChannelInboundHandlerAdapter {

  /** The client knows how to continue; after a switch there is no answer to wait for. */
  private static final Set<Integer> KEPT = Set.of(100, 101);

  private boolean dropping;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpResponse response) {
      dropping = isInformational(response);
    }
    if (!dropping) {
      context.fireChannelRead(message);
      return;
    }
    ReferenceCountUtil.release(message);
    if (message instanceof LastHttpContent) {
      dropping = false;
    }
  }

  private static boolean isInformational(HttpResponse response) {
    return response.status().codeClass() == HttpStatusClass.INFORMATIONAL
        && !KEPT.contains(response.status().code());
  }
}
