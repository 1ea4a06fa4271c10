package dev.codingplans.sample.metered;

/** Thrown if a request cannot be sold from credits as it is; the message tells the client why. */
public final class UnsellableException extends RuntimeException {

  private static final long serialVersionUID = 1;

  UnsellableException(String message) {
    super(message, null, false, false);
  }

  /** Returns a sentence for the client. */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
