package dev.codingplans.sample.proxy;

import static dev.codingplans.sample.proxy.Refusal.Code.INVALID_REQUEST;
import static dev.codingplans.sample.proxy.Refusal.Code.PAYLOAD_TOO_LARGE;
import static dev.codingplans.sample.proxy.Refusal.Code.UNSUPPORTED_MEDIA_TYPE;

import io.micronaut.http.MediaType;
import io.micronaut.http.body.CloseableAvailableByteBody;
import io.micronaut.http.exceptions.BufferLengthExceededException;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import io.netty.handler.codec.DecoderException;
import jakarta.inject.Singleton;
import java.io.IOException;
import reactor.core.publisher.Mono;

/** Reads request bodies whole, up to a limit. */
@Singleton
final class RequestBodies {

  private final int limit;

  RequestBodies(ProxySettings settings) {
    this.limit = settings.limits().bodyBytes();
  }

  Mono<RequestBody> read(Call call) {
    var request = call.request();
    if (!request.getContentType().map(RequestBodies::isJson).orElse(false)) {
      return refuse(UNSUPPORTED_MEDIA_TYPE, "The body must be application/json.");
    }
    if (request.byteBody().expectedLength().orElse(0) > limit) {
      return refuse(PAYLOAD_TOO_LARGE, tooLarge());
    }
    // Taken away from the request, which would keep its bytes for as long as the answer lasts.
    return Mono.fromFuture(() -> request.byteBody().move().buffer())
        .map(this::bytes)
        .onErrorMap(RequestBodies::isTooLarge, e -> refusal(PAYLOAD_TOO_LARGE, tooLarge()))
        .onErrorMap(DecoderException.class, e -> refusal(INVALID_REQUEST, "The body is garbled."))
        .onErrorMap(IOException.class, e -> refusal(INVALID_REQUEST, "The body broke off."))
        .map(BodyScan::scan);
  }

  private byte[] bytes(CloseableAvailableByteBody body) {
    var bytes = body.toByteArray();
    if (bytes.length > limit) {
      throw refusal(PAYLOAD_TOO_LARGE, tooLarge());
    }
    if (bytes.length == 0) {
      throw refusal(INVALID_REQUEST, "The body is empty.");
    }
    return bytes;
  }

  /** The server has a limit of its own, which may strike first. */
  private static boolean isTooLarge(Throwable failure) {
    return failure instanceof ContentLengthExceededException
        || failure instanceof BufferLengthExceededException;
  }

  private String tooLarge() {
    return "The body is larger than " + limit + " bytes.";
  }

  private static boolean isJson(MediaType type) {
    return type.getName().equalsIgnoreCase(MediaType.APPLICATION_JSON);
  }

  private static RefusalException refusal(Refusal.Code code, String message) {
    return Refusal.of(code, message).asException();
  }

  private static <T> Mono<T> refuse(Refusal.Code code, String message) {
    return Mono.error(refusal(code, message));
  }
}
