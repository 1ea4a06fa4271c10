package dev.codingplans.plugin.time;

import dev.codingplans.plugin.settings.SettingsReader;

/** Whether an admin may move product time. */
public record TimeSettings(boolean testClock) {

  public static TimeSettings read(SettingsReader in) {
    var testClock = in.flag("CODING_PLANS_TEST_CLOCK");
    if (testClock && in.text("PAYMENT_WEBHOOK_SECRET").isPresent()) {
      in.fault(
          "CODING_PLANS_TEST_CLOCK: the test clock is refused while PAYMENT_WEBHOOK_SECRET is set:"
              + " real payments need real time.");
    }
    return new TimeSettings(testClock);
  }
}
