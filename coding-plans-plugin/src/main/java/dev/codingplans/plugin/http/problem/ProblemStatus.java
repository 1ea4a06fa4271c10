package dev.codingplans.plugin.http.problem;

import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.http.HttpStatus;
import java.util.Locale;

/** The status and the text of each code, as the HTTP contract fixes them. */
public final class ProblemStatus {

  private ProblemStatus() {}

  /** Returns the code as clients see it. */
  public static String textOf(Refusal.Code code) {
    return code.name().toLowerCase(Locale.ROOT);
  }

  static HttpStatus of(Refusal.Code code) {
    return switch (code) {
      case INVALID_REQUEST, IDEMPOTENCY_KEY_REQUIRED -> HttpStatus.BAD_REQUEST;
      case UNAUTHENTICATED -> HttpStatus.UNAUTHORIZED;
      case INSUFFICIENT_CREDITS -> HttpStatus.PAYMENT_REQUIRED;
      case FORBIDDEN, PURCHASES_PAUSED, PLAN_CLOSED, KYC_REQUIRED -> HttpStatus.FORBIDDEN;
      case NOT_FOUND, UNKNOWN_PLAN -> HttpStatus.NOT_FOUND;
      case METHOD_NOT_ALLOWED -> HttpStatus.METHOD_NOT_ALLOWED;
      case INVALID_STATE,
          PLAN_ACTIVE,
          NO_ACTIVE_PLAN,
          QUOTA_EXHAUSTED,
          PROVIDER_PLAN_ACTIVE,
          BYOK_KEY_PRESENT,
          MANAGED_KEY_READ_ONLY,
          SOLD_OUT,
          PLAN_AVAILABLE,
          SUBSCRIPTION_INACTIVE ->
          HttpStatus.CONFLICT;
      case PAYLOAD_TOO_LARGE -> HttpStatus.REQUEST_ENTITY_TOO_LARGE;
      case UNSUPPORTED_MEDIA_TYPE -> HttpStatus.UNSUPPORTED_MEDIA_TYPE;
      case IDEMPOTENCY_KEY_REUSED -> HttpStatus.UNPROCESSABLE_ENTITY;
      case TOO_MANY_REQUESTS -> HttpStatus.TOO_MANY_REQUESTS;
      case PROVIDER_REJECTED_KEY, UPSTREAM_UNAVAILABLE -> HttpStatus.BAD_GATEWAY;
      case UPSTREAM_TIMEOUT -> HttpStatus.GATEWAY_TIMEOUT;
      case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
      case INTERNAL_ERROR -> HttpStatus.INTERNAL_SERVER_ERROR;
    };
  }

  /** Returns the code of an answer that the server itself refused with. */
  static Refusal.Code codeOf(int status) {
    return switch (status) {
      case 401 -> Refusal.Code.UNAUTHENTICATED;
      case 403 -> Refusal.Code.FORBIDDEN;
      case 404 -> Refusal.Code.NOT_FOUND;
      case 405 -> Refusal.Code.METHOD_NOT_ALLOWED;
      case 413 -> Refusal.Code.PAYLOAD_TOO_LARGE;
      case 415 -> Refusal.Code.UNSUPPORTED_MEDIA_TYPE;
      case 503 -> Refusal.Code.UNAVAILABLE;
      default -> status < 500 ? Refusal.Code.INVALID_REQUEST : Refusal.Code.INTERNAL_ERROR;
    };
  }

  static String sentenceFor(Refusal.Code code) {
    return switch (code) {
      case NOT_FOUND -> "There is nothing at this address.";
      case METHOD_NOT_ALLOWED -> "This address does not take this method.";
      case PAYLOAD_TOO_LARGE -> "The request is too large; its body may have 10 MiB.";
      case UNSUPPORTED_MEDIA_TYPE -> "The body must be application/json.";
      case UNAVAILABLE -> "The service cannot answer right now. Try again in a moment.";
      case INTERNAL_ERROR ->
          "Something went wrong on our side. Quote the correlation id when you report it.";
      default -> "The request is not valid.";
    };
  }
}
