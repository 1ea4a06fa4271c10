package dev.codingplans.sample.proxy;

import static dev.codingplans.sample.proxy.Refusal.Code.PLAN_QUOTA_EXHAUSTED;
import static dev.codingplans.sample.proxy.Refusal.Code.PROVIDER_REJECTED_KEY;
import static dev.codingplans.sample.proxy.Refusal.Code.UPSTREAM_UNAVAILABLE;

import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.gateway.spi.entitlement.UpstreamVerdict;
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
  private final Payments payments;
  private final MeteredRelays metered;
  private final InferenceMeters meters;

  Forwarding(
      Upstream upstream,
      Pseudonyms pseudonyms,
      Entitlements entitlements,
      Payments payments,
      MeteredRelays metered,
      InferenceMeters meters) {
    this.upstream = upstream;
    this.pseudonyms = pseudonyms;
    this.entitlements = entitlements;
    this.payments = payments;
    this.metered = metered;
    this.meters = meters;
  }

  /** Returns the answer; it never fails. */
  CompletableFuture<MutableHttpResponse<ByteBody>> forward(Admitted request, Payment payment) {
    var json = rewritten(request, payment);
    var overheadMicros = request.call().elapsedMicros();
    meters.sent(overheadMicros);
    return send(request, payment, json)
        .thenApply(
            answered -> {
              var response = answered.response();
              stamp(response, answered.payment(), overheadMicros);
              meters.answered(
                  request.call(), request.model().provider(), answered.payment(), response);
              RequestLog.paid(request.call(), request.model(), answered.payment(), response);
              return response;
            });
  }

  private CompletableFuture<Answered> send(Admitted request, Payment payment, byte[] json) {
    var provider = request.model().provider();
    var sentNanos = System.nanoTime();
    var response =
        Steps.begin(
            () ->
                upstream
                    .send(
                        request.call(),
                        provider,
                        payment.credential(),
                        json,
                        payment.metering().isEmpty())
                    .thenCompose(
                        answer -> {
                          meters.headCame(provider, sentNanos);
                          return toResponse(request, payment, answer);
                        }));
    return Steps.orElseGet(response, failure -> failed(request, payment, failure));
  }

  private byte[] rewritten(Admitted request, Payment payment) {
    var model = request.model();
    try {
      return request
          .body()
          .with(payment.metering().flatMap(metering -> metering.request().usageWish()))
          .rewritten(model.model(), () -> pseudonyms.of(model.provider(), request.user()));
    } catch (RuntimeException e) {
      payment.release();
      throw e;
    }
  }

  /** What has no answer costs nothing. */
  private static Answered failed(Admitted request, Payment payment, Throwable failure) {
    payment.release();
    return new Answered(Answers.fail(request.call(), failure), payment);
  }

  private CompletableFuture<Answered> toResponse(
      Admitted request, Payment payment, UpstreamAnswer answer) {
    var call = request.call();
    request.open().sent();
    if (answer.isSuccess() && answer.isEncoded()) {
      answer.discard();
      throw Refusal.of(UPSTREAM_UNAVAILABLE, "The provider's answer cannot be read.").asException();
    }
    // Nobody else notices a departure between the answer's head and the first read of its body.
    var departure =
        ClientDeparture.of(call.client(), payment.metering().isEmpty() ? answer.abort() : () -> {});
    var start =
        AnswerStart.of(answer, call.client().eventLoop())
            .whenComplete((read, failure) -> departure.ignore());
    return Steps.orElse(
            start,
            failure ->
                Upstream.refusal(call, request.model().provider(), payment.credential(), failure))
        .thenCompose(read -> toResponseOrDiscard(request, payment, answer, read));
  }

  /** Whatever goes wrong, also in a plugin that judges: nobody else lets go of the answer. */
  private CompletableFuture<Answered> toResponseOrDiscard(
      Admitted request, Payment payment, UpstreamAnswer answer, byte[] start) {
    try {
      return toResponse(request, payment, answer, start);
    } catch (RuntimeException e) {
      answer.discard();
      throw e;
    }
  }

  private CompletableFuture<Answered> toResponse(
      Admitted request, Payment payment, UpstreamAnswer answer, byte[] start) {
    var refusal = refusalIn(request.model(), answer, start, payment);
    if (refusal.isEmpty()) {
      return CompletableFuture.completedFuture(
          new Answered(relay(request, answer, payment), payment));
    }
    answer.discard();
    if (refusal.get().code() == PROVIDER_REJECTED_KEY) {
      LOG.warn(
          "Provider {} rejected the key of request {} ({})",
          request.model().provider(),
          request.call().correlationId(),
          payment.why());
    }
    return refusal.get().code() == PLAN_QUOTA_EXHAUSTED
        ? sendOnCredits(request, payment, refusal.get())
        : CompletableFuture.completedFuture(refused(request, payment, refusal.get()));
  }

  private MutableHttpResponse<ByteBody> relay(
      Admitted request, UpstreamAnswer answer, Payment payment) {
    return payment
        .metering()
        .map(metering -> metered.relay(request, answer, payment, metering))
        .orElseGet(
            () -> Answers.relay(request.call(), request.open(), answer, payment.credential()));
  }

  /** Nothing was passed on yet, so the request can be sent again, if its user wants that (E6). */
  private CompletableFuture<Answered> sendOnCredits(
      Admitted request, Payment exhausted, Refusal refusal) {
    return payments
        .insteadOfPlan(request)
        .thenCompose(
            credits ->
                credits.isPresent()
                    ? send(request, credits.get(), rewritten(request, credits.get()))
                    : CompletableFuture.completedFuture(refused(request, exhausted, refusal)));
  }

  private static Answered refused(Admitted request, Payment payment, Refusal refusal) {
    payment.release();
    return new Answered(Answers.refuse(request.call(), refusal), payment);
  }

  private Optional<Refusal> refusalIn(
      ModelName model, UpstreamAnswer answer, byte[] start, Payment payment) {
    var used = payment.credential();
    var retryAfter =
        Optional.ofNullable(answer.headers().get("retry-after"))
            .filter(value -> !Redaction.holds(value, used));
    var json = answer.isEventStream() ? FirstEvent.data(start) : start;
    var verdict =
        verdict(entitlements.judge(model.provider(), payment, answer.status(), json), payment);
    return FailureClassifier.classify(verdict, answer.status(), retryAfter, json, used)
        .or(() -> echo(start, used));
  }

  /** The host's own plan is no business of the user's: there is just no more for a while. */
  private static UpstreamVerdict verdict(UpstreamVerdict verdict, Payment payment) {
    return verdict == UpstreamVerdict.PLAN_EXHAUSTED && payment.metering().isPresent()
        ? UpstreamVerdict.RATE_LIMITED
        : verdict;
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

  /** An answer and who paid for it in the end. */
  private record Answered(MutableHttpResponse<ByteBody> response, Payment payment) {}
}
