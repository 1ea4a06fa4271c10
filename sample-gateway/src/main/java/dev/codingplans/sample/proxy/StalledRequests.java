package dev.codingplans.sample.proxy;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends the connection of a client that stops within a request: its head must be whole in time, its
 * body never silent for so long while the gateway waits for it, and whole in a few times as long.
 * Stands before the codec, where bytes are seen; {@link Progress} behind it tells what they were.
 */
final class StalledRequests extends ChannelDuplexHandler {

  /** How often a body may use the patience up: it must be whole by then, however it trickles. */
  private static final int PATIENCE_WITH_BODIES = 5;

  private final Duration patience;
  private long wholeBy;
  private boolean whole = true;
  private boolean inBody;
  private boolean awaited = true;
  private @Nullable Future<?> deadline;

  StalledRequests(Duration patience) {
    this.patience = patience;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    whole = false;
    if (inBody) {
      cancel();
    }
    context.fireChannelRead(bytes);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    awaited = false;
    context.fireChannelReadComplete();
    if (whole) {
      cancel();
    } else if (deadline == null) {
      // Most requests come in one piece and never get here.
      schedule(context, inBody ? untilWhole() : patience.toNanos());
    }
  }

  @Override
  public void read(ChannelHandlerContext context) {
    awaited = true;
    context.read();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    cancel();
  }

  private long untilWhole() {
    return Math.max(0, Math.min(patience.toNanos(), wholeBy - System.nanoTime()));
  }

  private void schedule(ChannelHandlerContext context, long nanos) {
    deadline = context.executor().schedule(() -> expire(context), nanos, TimeUnit.NANOSECONDS);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a close that fails leaves nothing to do
  private void expire(ChannelHandlerContext context) {
    if (awaited) {
      context.close();
    } else {
      // It is the gateway that reads nothing now.
      schedule(context, patience.toNanos());
    }
  }

  private void cancel() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }

  /** Tells heads and ends of requests. */
  final class Progress extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof HttpRequest) {
        inBody = true;
        wholeBy = System.nanoTime() + PATIENCE_WITH_BODIES * patience.toNanos();
        cancel();
      }
      if (message instanceof LastHttpContent) {
        inBody = false;
        whole = true;
      }
      context.fireChannelRead(message);
    }
  }
}
