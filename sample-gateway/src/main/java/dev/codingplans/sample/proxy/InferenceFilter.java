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
 * that are open to all, and takes its time to say it. What measures, names and guards requests
 * stands before this filter; the mount, security and the router's own machinery are left out.
 * Anything but the two calls as clients spell them goes the long way, to the same controller.
 */
@ServerFilter(Filter.MATCH_ALL_PATTERN)
final class InferenceFilter implements Ordered {

  private static final String CHAT_COMPLETIONS =
      InferenceController.ROOT + InferenceController.CHAT_COMPLETIONS;
  private static final String MESSAGES = InferenceController.ROOT + InferenceController.MESSAGES;

  private static final CompletionStage<Optional<HttpResponse<?>>> NOT_SERVED_HERE =
      CompletableFuture.completedStage(Optional.empty());

  private final InferenceController calls;

  InferenceFilter(InferenceController calls) {
    this.calls = calls;
  }

  /** Returns the answer; nothing if others are to give it. */
  @RequestFilter
  CompletionStage<Optional<HttpResponse<?>>> serve(HttpRequest<?> request) {
    return request.getMethod() == HttpMethod.POST && request instanceof ServerHttpRequest<?> posted
        ? serve(posted)
        : NOT_SERVED_HERE;
  }

  private CompletionStage<Optional<HttpResponse<?>>> serve(ServerHttpRequest<?> posted) {
    return switch (posted.getPath()) {
      case CHAT_COMPLETIONS -> calls.chatCompletions(posted).thenApply(Optional::of);
      case MESSAGES -> calls.messages(posted).thenApply(Optional::of);
      default -> NOT_SERVED_HERE;
    };
  }

  @Override
  public int getOrder() {
    return ServerFilterPhase.SESSION.order();
  }
}
