package dev.codingplans.plugin.credential.health;

import dev.codingplans.plugin.settings.SettingsReader;
import java.time.Duration;

/**
 * How credentials that serve somebody are checked.
 *
 * @param interval how long a check holds, on whichever node it was made
 */
public record HealthSettings(Duration interval) {

  public static HealthSettings read(SettingsReader in) {
    return new HealthSettings(
        in.duration("CODING_PLANS_HEALTH_INTERVAL", Duration.ofHours(6), Duration.ofSeconds(1)));
  }
}
