package dev.codingplans.plugin.credential;

import java.util.UUID;

/**
 * A credential that is to be stored.
 *
 * @param isProven whether its provider has shown that it works and belongs to the plan's tier
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared: it is on its way into the database.
public record NewCredential(
    UUID id, String upstreamPlanId, Fingerprint fingerprint, byte[] ciphertext, boolean isProven) {

  CredentialStatus status() {
    return isProven ? CredentialStatus.AVAILABLE : CredentialStatus.UNVERIFIED;
  }

  /** Names the row only. */
  @Override
  public String toString() {
    return "credential " + id;
  }
}
