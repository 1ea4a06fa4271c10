package dev.codingplans.sample.proxy;

import dev.codingplans.gateway.spi.identity.Caller;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.body.ByteBody;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

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

  Mono<MutableHttpResponse<ByteBody>> serve(Call call) {
    return callers
        .identify(call.request())
        .flatMap(caller -> bodies.read(call).flatMap(body -> serve(call, caller, body)))
        .onErrorResume(failure -> Mono.just(refuse(call, failure)));
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

  private Mono<MutableHttpResponse<ByteBody>> serve(Call call, Caller caller, RequestBody body) {
    var model = Payments.named(body.model());
    return payments
        .decide(caller.user(), model)
        .flatMap(payment -> forwarding.forward(call, caller.user(), model, body, payment));
  }
}
