package dev.codingplans.plugin.provider;

import java.util.List;

/** What came of reading a key's quota. */
public sealed interface QuotaReading {

  /**
   * The limits that the plan has, in the order in which they are shown.
   *
   * @param windows may be empty: a plan without limits
   */
  record Windows(List<QuotaWindow> windows) implements QuotaReading {

    public Windows {
      windows = List.copyOf(windows);
    }
  }

  /** The key is good, and there is no plan behind it. */
  record Inactive() implements QuotaReading {}

  /** The provider does not take the key. */
  record KeyRejected() implements QuotaReading {}

  /** Nothing is known: the failure is the provider's, or of the way to it. */
  record Failed(Failure failure) implements QuotaReading {}

  /** Why nothing is known. */
  enum Failure {
    /** No answer within the time that a call has. */
    TIMEOUT,
    /** No answer, none that can be read, or none for now. */
    UNAVAILABLE
  }
}
