package dev.codingplans.plugin.usage;

import java.util.Locale;

/** Why a record is not charged. */
enum QuarantineReason {
  COST_TOO_HIGH,
  AMOUNT_TOO_HIGH,
  /** It may have been charged so long ago that nobody knows any more. */
  TOO_OLD,
  IN_THE_FUTURE,
  UNKNOWN_CATEGORY,
  /** Its user's account was deleted, and there is no new one. */
  ACCOUNT_DELETED,
  /** Charging it fails every time. */
  NOT_CHARGEABLE;

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
