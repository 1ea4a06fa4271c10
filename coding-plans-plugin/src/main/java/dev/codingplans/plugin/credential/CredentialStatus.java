package dev.codingplans.plugin.credential;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The states of a credential (I5). */
public enum CredentialStatus {
  /** Its tier is not proven; waits for an admin. */
  UNVERIFIED,
  /** In stock. */
  AVAILABLE,
  /** Serves a subscription. */
  ASSIGNED,
  /** To be ended at the provider. */
  REVOCATION_PENDING,
  /** Could not be ended yet. */
  REVOCATION_FAILED,
  /** Ended. */
  REVOKED;

  /** Returns the name that is stored and shown. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<CredentialStatus> parse(String code) {
    return Stream.of(values()).filter(status -> status.code().equals(code)).findFirst();
  }
}
