package dev.codingplans.sample.proxy;

import dev.codingplans.gateway.spi.identity.Caller;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.body.ByteBody;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves a request for inference: who asks, for what, who pays, and on to the provider. */
@Singleton
final class Inference {

  private static final Logger LOG = LoggerFactory.getLogger(Inference.class);

  private final Callers callers;
  private final RequestBodies bodies;
  private final Payments payments;
  private final Forwarding forwarding;

  Inference(Callers callers, RequestBodies bodies, Payments payments, Forwarding forwarding) {
    this.callers = callers;
    this.bodies = bodies;
    this.payments = payments;
    this.forwarding = forwarding;
  }

  /** Returns the answer; it never fails. */
  CompletableFuture<MutableHttpResponse<ByteBody>> serve(Call call) {
    var answer =
        Steps.begin(
            () ->
                callers
                    .identify(call.request())
                    .thenCompose(
                        caller ->
                            bodies.read(call).thenCompose(body -> serve(call, caller, body))));
    return Steps.orElseGet(answer, failure -> refuse(call, failure));
  }

  private static MutableHttpResponse<ByteBody> refuse(Call call, Throwable failure) {
    var response = Answers.fail(call, failure);
    LOG.info(
        "request={} status={} payer=none why=\"{}\"",
        call.correlationId(),
        response.code(),
        failure instanceof RefusalException refused ? refused.refusal().code().text() : "failure");
    return response;
  }

  private CompletableFuture<MutableHttpResponse<ByteBody>> serve(
      Call call, Caller caller, RequestBody body) {
    var model = Payments.named(body.model());
    return payments
        .decide(caller.user(), model)
        .thenCompose(payment -> forwarding.forward(call, caller.user(), model, body, payment));
  }
}
