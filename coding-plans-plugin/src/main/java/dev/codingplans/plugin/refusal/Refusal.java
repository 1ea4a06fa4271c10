package dev.codingplans.plugin.refusal;

import java.util.List;

/**
 * A use case refuses: the person who asked did something that cannot be done. It rolls back the
 * transaction and becomes an answer with a stable code; it is no fault of the program, so it has no
 * stack trace.
 */
public class Refusal extends RuntimeException {

  private final Code code;
  private final List<Violation> violations;

  public Refusal(Code code, String detail) {
    this(code, detail, List.of());
  }

  private Refusal(Code code, String detail, List<Violation> violations) {
    super(detail, null, false, false);
    this.code = code;
    this.violations = List.copyOf(violations);
  }

  /** Refuses a request because of one of its fields. */
  public static Refusal invalid(String field, String message) {
    return invalid(List.of(new Violation(field, message)));
  }

  /** Refuses a request because of some of its fields. */
  public static Refusal invalid(List<Violation> violations) {
    var first = violations.getFirst();
    return new Refusal(
        Code.INVALID_REQUEST, first.field() + ": " + first.message() + ".", violations);
  }

  public final Code code() {
    return code;
  }

  /** Returns a sentence for the person who asked. */
  public final String detail() {
    return String.valueOf(getMessage());
  }

  public final List<Violation> violations() {
    return violations;
  }

  /** What is wrong with one field of a request. */
  public record Violation(String field, String message) {}

  /** The stable codes of the HTTP contract. */
  public enum Code {
    UNAUTHENTICATED,
    FORBIDDEN,
    NOT_FOUND,
    METHOD_NOT_ALLOWED,
    UNSUPPORTED_MEDIA_TYPE,
    PAYLOAD_TOO_LARGE,
    INVALID_REQUEST,
    INVALID_STATE,
    IDEMPOTENCY_KEY_REQUIRED,
    IDEMPOTENCY_KEY_REUSED,
    UNKNOWN_PLAN,
    PLAN_ACTIVE,
    NO_ACTIVE_PLAN,
    QUOTA_EXHAUSTED,
    PURCHASES_PAUSED,
    PLAN_CLOSED,
    KYC_REQUIRED,
    PROVIDER_PLAN_ACTIVE,
    BYOK_KEY_PRESENT,
    MANAGED_KEY_READ_ONLY,
    INSUFFICIENT_CREDITS,
    SOLD_OUT,
    PLAN_AVAILABLE,
    TOO_MANY_REQUESTS,
    SUBSCRIPTION_INACTIVE,
    PROVIDER_REJECTED_KEY,
    UPSTREAM_UNAVAILABLE,
    UPSTREAM_TIMEOUT,
    UNAVAILABLE,
    INTERNAL_ERROR
  }
}
