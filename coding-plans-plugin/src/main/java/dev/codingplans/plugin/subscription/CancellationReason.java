package dev.codingplans.plugin.subscription;

import java.util.Locale;

/** Why a subscription ended (X4). */
public enum CancellationReason {
  /** The user cancelled it, or an admin did so for the user. */
  USER_CANCELED,
  /** Its grace was over and the balance still too low. */
  INSUFFICIENT_CREDITS,
  /** An admin ended it at once. */
  ADMINISTRATIVE_TERMINATION,
  /** The user's account is gone. */
  ACCOUNT_DELETED;

  /** Returns the name that is stored and shown. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
