package dev.codingplans.plugin.event.delivery;

import dev.codingplans.plugin.settings.SettingsReader;
import java.time.Duration;
import java.util.List;

/**
 * Who is told of events, and for how long it is tried.
 *
 * @param backOff how long a failed delivery rests at first; twice as long after each failure
 * @param abandonAfter the age from which a delivery that fails once more is given up
 * @param retention how long events are kept that everybody was told of
 */
public record EventSettings(
    List<WebhookSettings> webhooks, Duration backOff, Duration abandonAfter, Duration retention) {

  private static final Duration SHORTEST = Duration.ofMillis(10);

  public static EventSettings read(SettingsReader in) {
    return new EventSettings(
        WebhookSettings.readAll(in),
        in.duration("CODING_PLANS_EVENT_BACKOFF", Duration.ofSeconds(5), SHORTEST),
        in.duration("CODING_PLANS_EVENT_ABANDON_AFTER", Duration.ofDays(3), Duration.ZERO),
        in.duration("CODING_PLANS_EVENT_RETENTION", Duration.ofDays(30), SHORTEST));
  }
}
