package dev.codingplans.plugin.http.pages.detail;

import java.util.Locale;

/** What a user can do with a subscription, after having been told what comes of it. */
enum Deed {
  CANCEL,
  RESUME;

  /** Returns whether it is possible as the subscription stands; otherwise somebody was faster. */
  boolean fits(Standing standing) {
    return standing.isLive() && (this == RESUME) == standing.isEnding();
  }

  /** Returns the part of its texts' keys, which is that of its address, too. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
