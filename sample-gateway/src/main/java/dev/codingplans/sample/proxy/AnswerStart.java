package dev.codingplans.sample.proxy;

import io.micronaut.http.body.AvailableByteBody;
import io.micronaut.http.body.ByteBody.SplitBackpressureMode;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Looks at the first bytes of a provider's answer and leaves the body as it was. */
final class AnswerStart {

  /** More than any provider's error object. */
  private static final int LIMIT = 64 * 1024;

  private AnswerStart() {}

  /**
   * Returns the whole body if it is small, otherwise a little more than {@link #LIMIT}; of a
   * success that is no JSON, a stream of events above all, no more than the piece that comes first,
   * because the next may take its time.
   */
  static CompletableFuture<byte[]> of(UpstreamAnswer answer, Executor clientLoop) {
    if (answer.body() instanceof AvailableByteBody whole) {
      return CompletableFuture.completedFuture(whole.split().toByteArray());
    }
    // The body itself keeps what is read here, so reading stops at the limit.
    var limit = answer.isSuccess() && !answer.isJson() ? 0 : LIMIT;
    var copy = answer.body().split(SplitBackpressureMode.FASTEST);
    return Flux.from(copy.toByteArrayPublisher())
        .scanWith(ByteArrayOutputStream::new, AnswerStart::append)
        .takeUntil(start -> start.size() > limit)
        .last()
        .map(ByteArrayOutputStream::toByteArray)
        // The body still counts its readers; who wants to become one must wait for his turn.
        .publishOn(Schedulers.fromExecutor(clientLoop))
        .toFuture();
  }

  private static ByteArrayOutputStream append(ByteArrayOutputStream start, byte[] piece) {
    start.writeBytes(piece);
    return start;
  }
}
