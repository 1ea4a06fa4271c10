package dev.codingplans.sample.proxy;

import static dev.codingplans.sample.proxy.Refusal.Code.INTERNAL_ERROR;

import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.sample.proxy.OpenRequests.OpenRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.body.AvailableByteBody;
import io.micronaut.http.body.ByteBody;
import io.micronaut.http.body.stream.BodySizeLimits;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import reactor.core.publisher.Flux;

/** Writes the answers to clients. */
final class Answers {

  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

  private Answers() {}

  /** Passes a provider's answer on, byte by byte and no faster than the client reads. */
  static MutableHttpResponse<ByteBody> relay(
      Call call, OpenRequest open, UpstreamAnswer answer, Secret used) {
    return relay(answer, used, relayed(call, open, answer, used));
  }

  /** Passes the head of a provider's answer on, before a body. */
  static MutableHttpResponse<ByteBody> relay(UpstreamAnswer answer, Secret used, ByteBody body) {
    var response = answer(answer.status(), body);
    ForwardedHeaders.copyResponse(answer.headers(), response.getHeaders(), used);
    return response;
  }

  /** Writes a refusal in the format of the call. */
  static MutableHttpResponse<ByteBody> refuse(Call call, Refusal refusal) {
    var json = call.format().errorBytes(refusal);
    var response = answer(refusal.status(), call.request().byteBodyFactory().adapt(json));
    response.contentType(MediaType.APPLICATION_JSON_TYPE);
    refusal.retryAfter().ifPresent(value -> response.header("retry-after", value));
    refusal.code().mark(response);
    return response;
  }

  /** Writes what a failure looks like to a client; the log knows more. */
  static MutableHttpResponse<ByteBody> fail(Call call, Throwable failure) {
    if (failure instanceof RefusalException refused) {
      return refuse(call, refused.refusal());
    }
    LOG.error("Request {} failed", call.correlationId(), failure);
    return refuse(call, Refusal.of(INTERNAL_ERROR, "The gateway failed."));
  }

  /** Writes JSON of the gateway's own. */
  static MutableHttpResponse<ByteBody> json(Call call, byte[] json) {
    var response = answer(HttpStatus.OK.getCode(), call.request().byteBodyFactory().adapt(json));
    return response.contentType(MediaType.APPLICATION_JSON_TYPE);
  }

  private static ByteBody relayed(Call call, OpenRequest open, UpstreamAnswer answer, Secret used) {
    var body = answer.body();
    if (body instanceof AvailableByteBody) {
      return body.move();
    }
    open.streams();
    var bodies = call.request().byteBodyFactory();
    var pieces =
        // Claimed only once somebody reads: what nobody starts to read is closed with the body.
        Flux.defer(() -> Flux.from(body.toReadBufferPublisher()))
            .doOnError(failure -> logBreak(call, failure, used))
            .doFinally(signal -> open.end())
            // The server sends an answer's head with its first piece: let it not wait for one.
            .startWith(bodies.readBufferFactory().createEmpty());
    Runnable dropped =
        () -> {
          answer.discard();
          open.end();
        };
    return bodies.adapt(pieces, BodySizeLimits.UNLIMITED, answer.headers(), dropped);
  }

  /** The server's own line of it holds what the provider sent; its logger is quiet. */
  static void logBreak(Call call, Throwable failure, Secret used) {
    LOG.atLevel(call.client().isActive() ? Level.WARN : Level.DEBUG)
        .log(
            "The provider broke off within its answer to request {}: {}",
            call.correlationId(),
            LogText.of(failure, used));
  }

  private static MutableHttpResponse<ByteBody> answer(int status, ByteBody body) {
    return HttpResponse.<ByteBody>status(status, HttpResponseStatus.valueOf(status).reasonPhrase())
        .body(body);
  }
}
