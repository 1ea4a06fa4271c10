package dev.codingplans.plugin.http.pages.detail;

import java.time.Duration;
import java.util.Locale;

/** How a subscription stands, in more words than its status has. */
enum Standing {
  /** Paid for, and to be renewed. */
  ACTIVE("good"),
  /** Its renewal is due, and will be charged in a moment. */
  RENEWING("good"),
  /** Due for longer than an uncharged renewal gives access (E2). */
  OVERDUE("bad"),
  /** Paid for, and to end then. */
  ENDING("warn"),
  /** Its renewal could not be charged; access goes on until the grace is over. */
  PAST_DUE("bad"),
  /** As before, and it will not be charged any more. */
  PAST_DUE_ENDING("bad"),
  /** The grace is over; what comes next is its end, or its renewal if there is credit by then. */
  GRACE_OVER("bad"),
  /** Nothing comes any more. */
  ENDED("");

  private final String badge;

  Standing(String badge) {
    this.badge = badge;
  }

  static Standing of(DetailRow row, Duration slack) {
    return switch (row.status()) {
      case "active" -> ofActive(row, slack);
      case "past_due" -> ofPastDue(row);
      default -> ENDED;
    };
  }

  private static Standing ofActive(DetailRow row, Duration slack) {
    if (row.cancelAtPeriodEnd()) {
      return ENDING;
    }
    if (row.renewalAt().isAfter(row.seenAt())) {
      return ACTIVE;
    }
    return row.renewalAt().plus(slack).isAfter(row.seenAt()) ? RENEWING : OVERDUE;
  }

  private static Standing ofPastDue(DetailRow row) {
    if (row.cancelAtPeriodEnd()) {
      return PAST_DUE_ENDING;
    }
    var grace = row.graceEndsAt();
    return grace == null || grace.isAfter(row.seenAt()) ? PAST_DUE : GRACE_OVER;
  }

  /** Returns the style class of its badge. */
  String badge() {
    return badge;
  }

  /** Returns the last part of its texts' keys. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean isLive() {
    return this != ENDED;
  }

  /** Tells whether a period is over whose renewal is still to be charged. */
  boolean awaitsCharge() {
    return switch (this) {
      case RENEWING, OVERDUE, PAST_DUE, GRACE_OVER -> true;
      case ACTIVE, ENDING, PAST_DUE_ENDING, ENDED -> false;
    };
  }

  boolean isPastDue() {
    return this == PAST_DUE || this == PAST_DUE_ENDING || this == GRACE_OVER;
  }

  /** Tells whether its user has asked for the end. */
  boolean isEnding() {
    return this == ENDING || this == PAST_DUE_ENDING;
  }
}
