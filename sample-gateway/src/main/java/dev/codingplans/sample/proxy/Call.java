package dev.codingplans.sample.proxy;

import io.micronaut.http.ServerHttpRequest;
import java.util.concurrent.TimeUnit;

/**
 * One request for inference.
 *
 * @param request what the client sent
 * @param format the format it is in, and its answer will be
 * @param correlationId what names the request in logs and answers
 * @param startedNanos when it arrived, by {@link System#nanoTime}
 */
record Call(
    ServerHttpRequest<?> request, WireFormat format, String correlationId, long startedNanos) {

  static Call of(ServerHttpRequest<?> request, WireFormat format) {
    return new Call(request, format, CorrelationId.of(request), System.nanoTime());
  }

  long elapsedMicros() {
    return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - startedNanos);
  }
}
