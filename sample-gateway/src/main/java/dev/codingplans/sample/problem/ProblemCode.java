package dev.codingplans.sample.problem;

import io.micronaut.http.HttpStatus;
import java.util.Arrays;
import java.util.Locale;

/** The stable reasons for which the host itself refuses a request. */
public enum ProblemCode {
  /** The request cannot be understood. */
  INVALID_REQUEST(HttpStatus.BAD_REQUEST, "The request is malformed."),
  /** The request carries no valid credential. */
  UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "A valid credential is required."),
  /** The caller may not do this. */
  FORBIDDEN(HttpStatus.FORBIDDEN, "You may not do this."),
  /** There is nothing at that path. */
  NOT_FOUND(HttpStatus.NOT_FOUND, "There is nothing here."),
  /** The path knows other methods only. */
  METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "This path does not have that method."),
  /** What is there does not allow it. */
  INVALID_STATE(HttpStatus.CONFLICT, "This cannot be done now."),
  /** The body is too large, or the head. */
  PAYLOAD_TOO_LARGE(HttpStatus.REQUEST_ENTITY_TOO_LARGE, "The request is too large."),
  /** The body's media type is not read here. */
  UNSUPPORTED_MEDIA_TYPE(
      HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The media type of the body is not supported."),
  /** Something broke. */
  INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong on our side."),
  /** What is needed for the answer is not there right now. */
  UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "This is not available right now.");

  private final HttpStatus status;
  private final String detail;

  ProblemCode(HttpStatus status, String detail) {
    this.status = status;
    this.detail = detail;
  }

  /** Returns the code as it is written. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the status that goes with the code. */
  public HttpStatus status() {
    return status;
  }

  /** Returns a sentence that is true whenever the code is. */
  public String detail() {
    return detail;
  }

  /** Returns the code for a status that the HTTP layer found. */
  static ProblemCode of(HttpStatus status) {
    return Arrays.stream(values())
        .filter(code -> code.status == status)
        .findFirst()
        .orElse(status.getCode() < 500 ? INVALID_REQUEST : INTERNAL_ERROR);
  }
}
