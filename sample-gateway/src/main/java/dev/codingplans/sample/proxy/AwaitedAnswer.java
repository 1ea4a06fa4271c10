package dev.codingplans.sample.proxy;

import io.micronaut.http.ByteBodyHttpResponse;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/**
 * The answer of a provider, from the moment that its call waits for a connection until its head is
 * there. A call that is taken back before it has a connection is never sent.
 */
final class AwaitedAnswer implements CoreSubscriber<HttpResponse<?>> {

  private final UpstreamConnection connection;
  private final CompletableFuture<UpstreamAnswer> answer = new CompletableFuture<>();
  private volatile Subscription call = Operators.emptySubscription();

  private AwaitedAnswer(UpstreamConnection connection) {
    this.connection = connection;
  }

  /** Starts the call. */
  static AwaitedAnswer to(
      Publisher<? extends HttpResponse<?>> call, UpstreamConnection connection) {
    var awaited = new AwaitedAnswer(connection);
    call.subscribe(awaited);
    return awaited;
  }

  /** Completes with the answer's head, or with why there is none. */
  CompletableFuture<UpstreamAnswer> whenThere() {
    return answer;
  }

  /** Takes the call back, wherever it is. */
  void takeBack() {
    call.cancel();
    // Cancelling says nothing to a provider that is asked already.
    connection.close();
    answer.completeExceptionally(new CancellationException("taken back"));
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    call = subscription;
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(HttpResponse<?> response) {
    try {
      var read = read(response);
      if (!answer.complete(read)) {
        read.discard();
      }
    } catch (RuntimeException e) {
      answer.completeExceptionally(e);
    }
  }

  @Override
  public void onError(Throwable failure) {
    answer.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    answer.completeExceptionally(new IllegalStateException("the client of HTTP gave no answer"));
  }

  private UpstreamAnswer read(HttpResponse<?> response) {
    if (response.code() < HttpStatus.OK.getCode()) {
      connection.close();
      throw new IllegalStateException("not an answer: " + response.code());
    }
    if (response instanceof ByteBodyHttpResponse<?> streamed) {
      var body = streamed.byteBody().move();
      connection.answered(body);
      return new UpstreamAnswer(response.code(), response.getHeaders(), body, connection::close);
    }
    throw new IllegalStateException("a client filter replaced the provider's answer");
  }
}
