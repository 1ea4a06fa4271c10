package dev.codingplans.plugin.http.pages.operate;

import dev.codingplans.plugin.http.pages.Frame;
import java.time.Duration;

/** How long something has been so, in the largest unit of which there are two. */
record Age(long seconds) {

  static final Age NONE = new Age(0);

  String text(Frame frame) {
    var age = Duration.ofSeconds(Math.max(0, seconds));
    if (age.toDays() > 1) {
      return frame.text("operate.age.days", age.toDays());
    }
    if (age.toHours() > 1) {
      return frame.text("operate.age.hours", age.toHours());
    }
    return age.toMinutes() > 1
        ? frame.text("operate.age.minutes", age.toMinutes())
        : frame.text("operate.age.seconds", age.toSeconds());
  }

  boolean isOver(Duration limit) {
    return seconds > limit.toSeconds();
  }
}
