package dev.codingplans.plugin.audit;

import dev.codingplans.plugin.settings.SettingsReader;
import java.time.Duration;

/**
 * How long it is kept what admins did.
 *
 * @param retention in real time; entries go by whole months
 */
public record AuditSettings(Duration retention) {

  /** The database's calendar ends somewhere. */
  private static final Duration CENTURY = Duration.ofDays(36_525);

  public static AuditSettings read(SettingsReader in) {
    return new AuditSettings(
        in.duration(
            "CODING_PLANS_AUDIT_RETENTION", Duration.ofDays(730), Duration.ofDays(1), CENTURY));
  }
}
