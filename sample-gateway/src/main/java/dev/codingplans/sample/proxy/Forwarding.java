package dev.codingplans.sample.proxy;

import static dev.codingplans.sample.proxy.Refusal.Code.PROVIDER_REJECTED_KEY;
import static dev.codingplans.sample.proxy.Refusal.Code.UPSTREAM_UNAVAILABLE;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.sample.proxy.OpenRequests.OpenRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.body.ByteBody;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a paid request to its provider and turns what comes back into the client's answer. */
@Singleton
final class Forwarding {

  private static final Logger LOG = LoggerFactory.getLogger(Forwarding.class);

  private final Upstream upstream;
  private final Pseudonyms pseudonyms;
  private final Entitlements entitlements;
  private final InferenceMeters meters;

  Forwarding(
      Upstream upstream, Pseudonyms pseudonyms, Entitlements entitlements, InferenceMeters meters) {
    this.upstream = upstream;
    this.entitlements = entitlements;
    this.pseudonyms = pseudonyms;
    this.meters = meters;
  }

  /** Returns the answer; it never fails. */
  CompletableFuture<MutableHttpResponse<ByteBody>> forward(
      Call call,
      OpenRequest open,
      UserId user,
      ModelName model,
      RequestBody body,
      Payment payment) {
    var json = body.rewritten(model.model(), () -> pseudonyms.of(model.provider(), user));
    var overheadMicros = call.elapsedMicros();
    meters.sent(overheadMicros);
    var sentNanos = System.nanoTime();
    var response =
        Steps.begin(
            () ->
                upstream
                    .send(call, model.provider(), payment.credential(), json)
                    .thenCompose(
                        answer -> {
                          meters.headCame(model.provider(), sentNanos);
                          return toResponse(call, open, model, payment, answer);
                        }));
    return Steps.orElseGet(response, failure -> Answers.fail(call, failure))
        .thenApply(
            answered -> {
              stamp(answered, payment, overheadMicros);
              meters.answered(call, model.provider(), payment, answered);
              RequestLog.paid(call, model, payment, answered);
              return answered;
            });
  }

  private CompletableFuture<MutableHttpResponse<ByteBody>> toResponse(
      Call call, OpenRequest open, ModelName model, Payment payment, UpstreamAnswer answer) {
    open.sent();
    if (answer.isSuccess() && answer.isEncoded()) {
      answer.discard();
      throw Refusal.of(UPSTREAM_UNAVAILABLE, "The provider's answer cannot be read.").asException();
    }
    // Nobody else notices a departure between the answer's head and the first read of its body.
    var departure = ClientDeparture.of(call.client(), answer.abort());
    var start =
        AnswerStart.of(answer, call.client().eventLoop())
            .whenComplete((read, failure) -> departure.ignore());
    return Steps.orElse(
            start,
            failure -> Upstream.refusal(call, model.provider(), payment.credential(), failure))
        .thenApply(read -> toResponseOrDiscard(call, open, model, payment, answer, read));
  }

  /** Whatever goes wrong, also in a plugin that judges: nobody else lets go of the answer. */
  private MutableHttpResponse<ByteBody> toResponseOrDiscard(
      Call call,
      OpenRequest open,
      ModelName model,
      Payment payment,
      UpstreamAnswer answer,
      byte[] start) {
    try {
      return toResponse(call, open, model, payment, answer, start);
    } catch (RuntimeException e) {
      answer.discard();
      throw e;
    }
  }

  private MutableHttpResponse<ByteBody> toResponse(
      Call call,
      OpenRequest open,
      ModelName model,
      Payment payment,
      UpstreamAnswer answer,
      byte[] start) {
    var refusal = refusalIn(model.provider(), answer, start, payment);
    if (refusal.isEmpty()) {
      return Answers.relay(call, open, answer, payment.credential());
    }
    answer.discard();
    if (refusal.get().code() == PROVIDER_REJECTED_KEY) {
      LOG.warn(
          "Provider {} rejected the key of request {} ({})",
          model.provider(),
          call.correlationId(),
          payment.why());
    }
    return Answers.refuse(call, refusal.get());
  }

  private Optional<Refusal> refusalIn(
      ProviderId provider, UpstreamAnswer answer, byte[] start, Payment payment) {
    var used = payment.credential();
    var retryAfter =
        Optional.ofNullable(answer.headers().get("retry-after"))
            .filter(value -> !Redaction.holds(value, used));
    var json = answer.isEventStream() ? FirstEvent.data(start) : start;
    var verdict = entitlements.judge(provider, payment, answer.status(), json);
    return FailureClassifier.classify(verdict, answer.status(), retryAfter, json, used)
        .or(() -> echo(start, used));
  }

  /** A provider that shows its caller's key has failed, whatever its status says (P5). */
  private static Optional<Refusal> echo(byte[] start, Secret used) {
    return Redaction.holds(start, used)
        ? Optional.of(Refusal.of(UPSTREAM_UNAVAILABLE, "The provider's answer holds a key."))
        : Optional.empty();
  }

  private static void stamp(MutableHttpResponse<?> response, Payment payment, long overheadMicros) {
    payment.payer().ifPresent(payer -> response.header("x-gateway-payer", payer));
    payment.plan().ifPresent(plan -> response.header("x-gateway-plan", plan.value()));
    response.header("x-gateway-overhead-us", Long.toString(overheadMicros));
  }
}
