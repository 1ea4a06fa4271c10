package dev.codingplans.sample.problem;

import java.util.List;

/** Refuses a request. Refusals are expected: no stack trace. */
public final class ProblemException extends RuntimeException {

  private final ProblemCode code;
  private final String detail;
  private final transient List<Violation> violations;

  /** Refuses with a sentence for people. */
  public ProblemException(ProblemCode code, String detail) {
    this(code, detail, List.of());
  }

  private ProblemException(ProblemCode code, String detail, List<Violation> violations) {
    super(detail, null, false, false);
    this.code = code;
    this.detail = detail;
    this.violations = violations;
  }

  /** Refuses a field. */
  public static ProblemException invalid(Violation violation) {
    return new ProblemException(
        ProblemCode.INVALID_REQUEST,
        violation.field() + ": " + violation.message() + ".",
        List.of(violation));
  }

  ProblemCode code() {
    return code;
  }

  String detail() {
    return detail;
  }

  List<Violation> violations() {
    return violations;
  }
}
