package dev.codingplans.plugin.http.pages.operate;

import java.util.Locale;

/** How a subscription stands, as its operator names it. */
enum Standing {
  ACTIVE("good"),
  /** Live, and its end is scheduled. */
  ENDING("warn"),
  PAST_DUE("bad"),
  ENDED("");

  private final String mark;

  Standing(String mark) {
    this.mark = mark;
  }

  static Standing of(String status, boolean cancelAtPeriodEnd) {
    return switch (status) {
      case "active" -> cancelAtPeriodEnd ? ENDING : ACTIVE;
      case "past_due" -> PAST_DUE;
      default -> ENDED;
    };
  }

  /** Returns the class of its badge. */
  String mark() {
    return mark;
  }

  String key() {
    return "operate.standing." + name().toLowerCase(Locale.ROOT);
  }

  /** Returns the key of what happens at the next date, or happened at the last. */
  String dateKey() {
    return "operate.date." + name().toLowerCase(Locale.ROOT);
  }
}
