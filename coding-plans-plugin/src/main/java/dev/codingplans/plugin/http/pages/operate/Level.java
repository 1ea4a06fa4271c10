package dev.codingplans.plugin.http.pages.operate;

import java.util.Locale;

/** How much something needs its operator. */
enum Level {
  /** It is as it should be. */
  FINE("good"),
  /** It is worth a look. */
  LOOK("warn"),
  /** Something has to be done. */
  ACT("bad");

  private final String mark;

  Level(String mark) {
    this.mark = mark;
  }

  /** Returns the class of its badge. */
  String mark() {
    return mark;
  }

  String key() {
    return "operate.level." + name().toLowerCase(Locale.ROOT);
  }
}
