package dev.codingplans.sample.proxy;

import static dev.codingplans.sample.proxy.Refusal.Code.INVALID_REQUEST;
import static dev.codingplans.sample.proxy.Refusal.Code.PAYLOAD_TOO_LARGE;
import static dev.codingplans.sample.proxy.Refusal.Code.UNSUPPORTED_MEDIA_TYPE;

import dev.codingplans.sample.proxy.OpenRequests.OpenRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.body.CloseableAvailableByteBody;
import io.micronaut.http.exceptions.BufferLengthExceededException;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import io.netty.handler.codec.DecoderException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Reads request bodies whole, up to a limit. */
@Singleton
final class RequestBodies {

  private final int limit;

  RequestBodies(ProxySettings settings) {
    this.limit = settings.limits().bodyBytes();
  }

  /** Returns the body; it fails with the refusal if it cannot be forwarded. */
  CompletableFuture<RequestBody> read(Call call, OpenRequest open) {
    var request = call.request();
    if (!request.getContentType().map(RequestBodies::isJson).orElse(false)) {
      throw refusal(UNSUPPORTED_MEDIA_TYPE, "The body must be application/json.");
    }
    if (request.byteBody().expectedLength().orElse(0) > limit) {
      throw refusal(PAYLOAD_TOO_LARGE, tooLarge());
    }
    // Whoever does not say how much comes may send as much as anybody.
    open.buffer(request.byteBody().expectedLength().orElse(limit));
    // Taken away from the request, which would keep its bytes for as long as the answer lasts.
    return Steps.orElse(
            request.byteBody().move().buffer().thenApply(body -> bytes(body, open)),
            this::refusalOf)
        .thenApply(BodyScan::scan);
  }

  private byte[] bytes(CloseableAvailableByteBody body, OpenRequest open) {
    var bytes = body.toByteArray();
    open.buffered(bytes.length);
    if (bytes.length > limit) {
      throw refusal(PAYLOAD_TOO_LARGE, tooLarge());
    }
    if (bytes.length == 0) {
      throw refusal(INVALID_REQUEST, "The body is empty.");
    }
    return bytes;
  }

  private RuntimeException refusalOf(Throwable failure) {
    return switch (failure) {
      case RefusalException refused -> refused;
      // The server has a limit of its own, which may strike first.
      case ContentLengthExceededException e -> refusal(PAYLOAD_TOO_LARGE, tooLarge());
      case BufferLengthExceededException e -> refusal(PAYLOAD_TOO_LARGE, tooLarge());
      case DecoderException e -> refusal(INVALID_REQUEST, "The body is garbled.");
      case IOException e -> refusal(INVALID_REQUEST, "The body broke off.");
      default -> new IllegalStateException("the body cannot be read", failure);
    };
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
}
