package dev.codingplans.plugin.usage;

import dev.codingplans.plugin.settings.SettingsReader;
import java.time.Duration;

/**
 * How usage is charged, and how long it is kept.
 *
 * @param interval how often each node charges what was accepted
 * @param retention of records, which go by whole months; what is reported later than that is
 *     quarantined
 */
public record UsageSettings(Duration interval, Duration retention) {

  /** The database's calendar ends somewhere. */
  private static final Duration CENTURY = Duration.ofDays(36_525);

  /** By this much an event's id is known for longer than its record could still arrive. */
  private static final Duration MARGIN = Duration.ofDays(62);

  public static UsageSettings read(SettingsReader in) {
    return new UsageSettings(
        in.duration("CODING_PLANS_USAGE_INTERVAL", Duration.ofSeconds(1), Duration.ofMillis(100)),
        in.duration(
            "CODING_PLANS_USAGE_RETENTION", Duration.ofDays(730), Duration.ofDays(31), CENTURY));
  }

  /** How long it is known which events were taken in. */
  Duration keyRetention() {
    return retention.plus(MARGIN);
  }
}
