package dev.codingplans.sample.proxy;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import java.util.Locale;
import java.util.Optional;

/**
 * Why a request gets no answer of a model.
 *
 * @param code the stable reason, for programs
 * @param status the HTTP status
 * @param message a sentence for people, free of secrets
 * @param retryAfter the value of the header of that name
 */
record Refusal(Code code, int status, String message, Optional<String> retryAfter) {

  static Refusal of(Code code, String message) {
    return new Refusal(code, code.status, message, Optional.empty());
  }

  /** A refusal that has passed in a moment. */
  static Refusal tooMany(String message) {
    return new Refusal(
        Code.TOO_MANY_REQUESTS, Code.TOO_MANY_REQUESTS.status, message, Optional.of("1"));
  }

  RefusalException asException() {
    return new RefusalException(this);
  }

  /** The codes of the HTTP contract that inference answers with. */
  enum Code {
    INVALID_REQUEST(400),
    UNAUTHENTICATED(401),
    INSUFFICIENT_CREDITS(402),
    FORBIDDEN(403),
    NO_ENTITLEMENT(403),
    MODEL_NOT_FOUND(404),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    PAYLOAD_TOO_LARGE(413),
    UNSUPPORTED_MEDIA_TYPE(415),
    TOO_MANY_REQUESTS(429),
    PLAN_QUOTA_EXHAUSTED(429),
    INTERNAL_ERROR(500),
    PROVIDER_REJECTED_KEY(502),
    UPSTREAM_UNAVAILABLE(502),
    UNAVAILABLE(503),
    UPSTREAM_TIMEOUT(504);

    private static final String ATTRIBUTE = "sample-gateway.refusal";

    private final int status;

    Code(int status) {
      this.status = status;
    }

    /** Returns why the response is none of a model; empty if it is one. */
    static Optional<Code> in(HttpResponse<?> response) {
      return response.getAttribute(ATTRIBUTE, Code.class);
    }

    /** Says in a response, for those who count them, why it is none of a model. */
    void mark(MutableHttpResponse<?> response) {
      response.setAttribute(ATTRIBUTE, this);
    }

    /** Returns the code as clients see it. */
    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
