package dev.codingplans.plugin.billing;

import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.catalog.Plan;
import dev.codingplans.plugin.settings.SettingsReader;
import java.time.Duration;

/**
 * How due subscriptions are charged.
 *
 * @param sweepInterval how often each node looks for them; a long one is harmless
 * @param grace how long access goes on while a charge cannot be made (G1); zero for none
 * @param reminder how long before a charge its user is told (R7)
 */
public record BillingSettings(Duration sweepInterval, Duration grace, Duration reminder) {

  private static final String GRACE = "CODING_PLANS_GRACE";

  public static BillingSettings read(SettingsReader in, Catalog catalog) {
    return new BillingSettings(
        in.duration("CODING_PLANS_SWEEP_INTERVAL", Duration.ofMinutes(1), Duration.ofSeconds(1)),
        grace(in, catalog),
        in.duration("CODING_PLANS_REMINDER", Duration.ofDays(3), Duration.ZERO));
  }

  private static Duration grace(SettingsReader in, Catalog catalog) {
    var grace = in.duration(GRACE, Duration.ofHours(24), Duration.ZERO);
    if (catalog
        .credentialPlans()
        .map(Plan::period)
        .anyMatch(period -> grace.compareTo(period) >= 0)) {
      in.fault(GRACE + ": it must be shorter than the shortest period of a plan.");
    }
    return grace;
  }
}
