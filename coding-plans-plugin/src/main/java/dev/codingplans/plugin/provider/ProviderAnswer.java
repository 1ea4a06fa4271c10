package dev.codingplans.plugin.provider;

/** What a call of a provider came to. */
public sealed interface ProviderAnswer {

  /**
   * It answered in time.
   *
   * @param body all of it; whatever it holds stays in the adapter that asked
   */
  @SuppressWarnings("ArrayRecordComponent") // Read once, by whoever asked.
  record Answered(int status, byte[] body) implements ProviderAnswer {

    /** Names the status only: a body may echo the key. */
    @Override
    public String toString() {
      return "status " + status;
    }
  }

  /** There is no answer to read. */
  record NoAnswer(Reason reason) implements ProviderAnswer {

    public boolean wasAsked() {
      return reason != Reason.PAUSED;
    }
  }

  /** Why there is none. */
  enum Reason {
    /** It did not end in time. */
    TIMEOUT,
    /** No connection, or one that broke. */
    BROKEN,
    /** More than anybody would read. */
    TOO_LARGE,
    /** Nobody asked: the provider failed too often just now. */
    PAUSED,
    /** Nobody waited for it: the plugin stops. */
    STOPPED
  }
}
