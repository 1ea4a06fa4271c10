package dev.codingplans.sample.proxy;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The short way to the calls of inference. The server's security has nothing to say about routes
 * that are open to all, and takes its time to say it. What names and guards requests stands before
 * this filter; the mount, security, and the router's own machinery are left out. Anything but the
 * two calls as clients spell them goes the long way, to the same controller.
 */
@ServerFilter(Filter.MATCH_ALL_PATTERN)
final class InferenceFilter implements Ordered {

  private static final String CHAT_COMPLETIONS =
      InferenceController.ROOT + InferenceController.CHAT_COMPLETIONS;
  private static final String MESSAGES = InferenceController.ROOT + InferenceController.MESSAGES;

  private static final CompletionStage<Optional<HttpResponse<?>>> NOT_SERVED_HERE =
      CompletableFuture.completedStage(Optional.empty());

  private final InferenceController calls;
  private final RequestTimes times;
  private final DateHeader date;

  InferenceFilter(InferenceController calls, RequestTimes times, DateHeader date) {
    this.calls = calls;
    this.times = times;
    this.date = date;
  }

  /** Returns the answer; nothing if others are to give it. */
  @RequestFilter
  CompletionStage<Optional<HttpResponse<?>>> serve(HttpRequest<?> request) {
    return request.getMethod() == HttpMethod.POST && request instanceof ServerHttpRequest<?> posted
        ? serve(posted)
        : NOT_SERVED_HERE;
  }

  private CompletionStage<Optional<HttpResponse<?>>> serve(ServerHttpRequest<?> posted) {
    var begunNanos = System.nanoTime();
    return switch (posted.getPath()) {
      case CHAT_COMPLETIONS -> timed(CHAT_COMPLETIONS, begunNanos, calls.chatCompletions(posted));
      case MESSAGES -> timed(MESSAGES, begunNanos, calls.messages(posted));
      default -> NOT_SERVED_HERE;
    };
  }

  private CompletionStage<Optional<HttpResponse<?>>> timed(
      String path, long begunNanos, CompletionStage<? extends HttpResponse<?>> answer) {
    return answer.thenApply(
        given -> {
          times.answered(path, given.code(), begunNanos);
          return Optional.of(given.toMutableResponse().header("date", date.now()));
        });
  }

  @Override
  public int getOrder() {
    return ServerFilterPhase.SESSION.order();
  }
}
