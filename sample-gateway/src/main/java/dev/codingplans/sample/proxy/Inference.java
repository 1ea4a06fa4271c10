package dev.codingplans.sample.proxy;

import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.sample.proxy.OpenRequests.OpenRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.body.ByteBody;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;

/** Serves a request for inference: who asks, for what, who pays, and on to the provider. */
@Singleton
final class Inference {

  private final Callers callers;
  private final OpenRequests requests;
  private final RequestBodies bodies;
  private final Payments payments;
  private final Forwarding forwarding;
  private final InferenceMeters meters;

  Inference(
      Callers callers,
      OpenRequests requests,
      RequestBodies bodies,
      Payments payments,
      Forwarding forwarding,
      InferenceMeters meters) {
    this.callers = callers;
    this.requests = requests;
    this.bodies = bodies;
    this.payments = payments;
    this.forwarding = forwarding;
    this.meters = meters;
  }

  /** Returns the answer; it never fails. */
  CompletableFuture<MutableHttpResponse<ByteBody>> serve(Call call) {
    var answer =
        Steps.begin(
            () -> callers.identify(call.request()).thenCompose(caller -> serve(call, caller)));
    return Steps.orElseGet(answer, failure -> refuse(call, failure));
  }

  private CompletableFuture<MutableHttpResponse<ByteBody>> serve(Call call, Caller caller) {
    var open = requests.enter(caller.user());
    return Steps.begin(
            () -> bodies.read(call, open).thenCompose(body -> serve(call, caller, body, open)))
        .whenComplete((answer, failure) -> open.answered());
  }

  private CompletableFuture<MutableHttpResponse<ByteBody>> serve(
      Call call, Caller caller, RequestBody body, OpenRequest open) {
    var model = Payments.named(body.model());
    var request = new Admitted(call, open, caller.user(), model, body);
    var askedNanos = System.nanoTime();
    return payments
        .decide(request)
        .thenCompose(
            payment -> {
              meters.decided(askedNanos);
              return forwarding.forward(request, payment);
            });
  }

  private MutableHttpResponse<ByteBody> refuse(Call call, Throwable failure) {
    var response = Answers.fail(call, failure);
    meters.refused(response);
    RequestLog.refused(call, failure, response);
    return response;
  }
}
