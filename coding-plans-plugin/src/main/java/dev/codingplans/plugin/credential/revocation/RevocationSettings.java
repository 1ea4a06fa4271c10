package dev.codingplans.plugin.credential.revocation;

import dev.codingplans.plugin.settings.SettingsReader;
import java.time.Duration;

/**
 * When a revocation is late.
 *
 * @param overdue the age from which one that is not done counts as overdue
 */
public record RevocationSettings(Duration overdue) {

  public static RevocationSettings read(SettingsReader in) {
    return new RevocationSettings(
        in.duration("CODING_PLANS_REVOCATION_OVERDUE", Duration.ofHours(24), Duration.ZERO));
  }
}
