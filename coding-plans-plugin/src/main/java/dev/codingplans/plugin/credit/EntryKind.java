package dev.codingplans.plugin.credit;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why a balance moved (L1). */
public enum EntryKind {
  /** The user paid. */
  PAID_CREDIT,
  /** The operator gave. */
  GRANTED_CREDIT,
  /** The first term of a subscription. */
  ACTIVATION,
  /** A later term. */
  RENEWAL,
  /** A longer term, for nothing. */
  EXTENSION,
  /** An allowance. */
  QUOTA_PURCHASE,
  /** Metered use. */
  USAGE,
  /** A payment taken back. */
  REFUND,
  /** A correction. */
  ADJUSTMENT;

  /** Returns the name that is stored and shown. */
  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
