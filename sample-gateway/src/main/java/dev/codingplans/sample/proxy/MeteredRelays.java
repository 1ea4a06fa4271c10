package dev.codingplans.sample.proxy;

import dev.codingplans.sample.metered.MeteredAnswer;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.body.AvailableByteBody;
import io.micronaut.http.body.ByteBody;
import io.micronaut.http.body.stream.BodySizeLimits;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import reactor.core.publisher.Flux;

/** Writes the answers that are paid from credits, and has them charged. */
@Singleton
final class MeteredRelays {

  private final Drains drains;

  MeteredRelays(Drains drains) {
    this.drains = drains;
  }

  /** Passes a provider's answer on, and charges it once it has come whole. */
  MutableHttpResponse<ByteBody> relay(
      Admitted request, UpstreamAnswer answer, Payment payment, Metering metering) {
    var metered = metering.answer(answer.isEventStream());
    return Answers.relay(
        answer,
        payment.credential(),
        answer.body() instanceof AvailableByteBody whole
            ? pass(request.call(), whole, metered)
            : streamed(request, answer, payment, metered));
  }

  private static ByteBody pass(Call call, AvailableByteBody whole, MeteredAnswer metered) {
    var passed = new ByteArrayOutputStream();
    passed.writeBytes(metered.pass(whole.toByteArray()));
    passed.writeBytes(metered.end());
    return call.request().byteBodyFactory().adapt(passed.toByteArray());
  }

  private ByteBody streamed(
      Admitted request, UpstreamAnswer answer, Payment payment, MeteredAnswer metered) {
    var call = request.call();
    var open = request.open();
    open.streams();
    var bodies = call.request().byteBodyFactory();
    var relay =
        new MeteredRelay(
            answer, metered, open, bodies.readBufferFactory(), drains, call.client().eventLoop());
    drains.add(relay);
    // Nobody else notices a departure before the first read.
    var departure = ClientDeparture.of(call.client(), relay::leave);
    var pieces =
        Flux.from(relay)
            .doOnError(failure -> Answers.logBreak(call, failure, payment.credential()))
            .doFinally(signal -> departure.ignore())
            // The server sends an answer's head with its first piece: let it not wait for one.
            .startWith(bodies.readBufferFactory().createEmpty());
    // Not the provider's headers: it does not know how much of its answer goes on.
    return bodies.adapt(
        pieces, BodySizeLimits.UNLIMITED, HttpResponse.ok().getHeaders(), relay::leave);
  }
}
