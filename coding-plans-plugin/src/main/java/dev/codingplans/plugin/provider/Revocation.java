package dev.codingplans.plugin.provider;

/** What came of asking a provider to end a credential. */
public sealed interface Revocation {

  /** It is ended, now or before. */
  record Revoked() implements Revocation {}

  /**
   * It is not known to be ended.
   *
   * @param reason a sentence of our own: it holds nothing of what the provider answered
   */
  record NotRevoked(String reason) implements Revocation {}
}
