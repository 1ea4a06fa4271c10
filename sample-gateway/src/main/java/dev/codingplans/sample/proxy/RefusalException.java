package dev.codingplans.sample.proxy;

/** Carries a refusal to where the answer is written. Refusals are expected: no stack trace. */
final class RefusalException extends RuntimeException {

  private final transient Refusal refusal;

  RefusalException(Refusal refusal) {
    super(refusal.message(), null, false, false);
    this.refusal = refusal;
  }

  Refusal refusal() {
    return refusal;
  }
}
