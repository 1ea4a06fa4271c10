package dev.codingplans.plugin.credential.upload;

import dev.codingplans.plugin.provider.Verification;
import java.util.Locale;

/** What became of one line of an upload (I3). */
enum Outcome {
  /** In stock. */
  STORED,
  /** Good, but its tier is not proven: if it is stored, it waits for an admin. */
  UNVERIFIED,
  /** Good, but not stored: not yet, or not at all. */
  VERIFIED,
  /** No {@code <api key>::<upstream plan id>}. */
  MALFORMED,
  /** Its key stands elsewhere in the upload, or was stored before. */
  DUPLICATE,
  /** The provider does not take the key, or there is no plan behind it. */
  REJECTED,
  /** The key works, and belongs to another tier. */
  TIER_MISMATCH,
  /** The provider did not say, however often it was asked. */
  UNREACHABLE;

  static Outcome of(Verification verification) {
    return switch (verification) {
      case Verification.Verified verified -> VERIFIED;
      case Verification.TierUnknown unknown -> UNVERIFIED;
      case Verification.TierMismatch mismatch -> TIER_MISMATCH;
      case Verification.Rejected rejected -> REJECTED;
      case Verification.Unreachable unreachable -> UNREACHABLE;
    };
  }

  static Outcome parse(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
