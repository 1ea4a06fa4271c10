package dev.codingplans.plugin.credential;

import java.util.Locale;

/** What became of one line of an upload (I3). */
enum Outcome {
  /** In stock. */
  STORED,
  /** Good, but nothing was stored. */
  VERIFIED,
  /** No {@code <api key>::<upstream plan id>}. */
  MALFORMED,
  /** Its key stands elsewhere in the upload, or was stored before. */
  DUPLICATE;

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
