package dev.codingplans.sample.proxy;

import dev.codingplans.sample.problem.CorrelationId;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.channel.Channel;
import java.util.concurrent.TimeUnit;

/**
 * One request for inference.
 *
 * @param request what the client sent
 * @param client the connection to the client
 * @param format the format it is in, and its answer will be
 * @param correlationId what names the request in logs and answers
 * @param startedNanos when it arrived, by {@link System#nanoTime}
 */
record Call(
    ServerHttpRequest<?> request,
    Channel client,
    WireFormat format,
    String correlationId,
    long startedNanos) {

  static Call of(ServerHttpRequest<?> request, WireFormat format) {
    if (request instanceof NettyHttpRequest<?> netty) {
      var client = netty.getChannelHandlerContext().channel();
      return new Call(request, client, format, CorrelationId.of(request), System.nanoTime());
    }
    throw new IllegalStateException("the gateway runs on Micronaut's Netty server");
  }

  long elapsedMicros() {
    return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - startedNanos);
  }
}
