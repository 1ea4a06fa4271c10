package dev.codingplans.plugin.entitlement;

import dev.codingplans.entitlement.CachePolicy;
import dev.codingplans.entitlement.Coverage;
import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.plugin.settings.SettingsReader;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * What the request path knows beside the database.
 *
 * @param providers the providers that the gateway knows
 * @param coverages what each plan covers; a plan that is missing covers all of its provider (C5)
 * @param slack how long an active subscription serves after its renewal is due, so that a late
 *     sweep never cuts off a paying user (E2)
 * @param cache the bounds of what is answered from memory (E4)
 * @param changeRetention how long changes are kept: longer than any node goes on from where it was
 */
public record EntitlementSettings(
    Set<ProviderId> providers,
    Map<PlanId, Coverage> coverages,
    Duration slack,
    CachePolicy cache,
    Duration changeRetention) {

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration CENTURY = Duration.ofDays(36_525);

  /** Reads the slack that goes with a grace: the larger of it and a day, if nobody says more. */
  public static Duration readSlack(SettingsReader in, Duration grace) {
    var usual = grace.compareTo(DAY) > 0 ? grace : DAY;
    return in.duration("CODING_PLANS_RENEWAL_SLACK", usual, grace, CENTURY);
  }

  /** Reads for how long changes are kept; no node needs one after its longest outage. */
  public static Duration readChangeRetention(SettingsReader in, CachePolicy cache) {
    var least = cache.maxOutage().multipliedBy(2);
    return in.duration(
        "CODING_PLANS_CHANGE_RETENTION",
        DAY.multipliedBy(7),
        least.compareTo(DAY) > 0 ? least : DAY,
        CENTURY);
  }

  /** Reads for how long what is cached serves when it cannot be asked for any more. */
  public static CachePolicy readCache(SettingsReader in) {
    var usual = CachePolicy.DEFAULT;
    var staleness =
        in.duration(
            "CODING_PLANS_MAX_STALENESS",
            usual.maxStaleness(),
            Duration.ofSeconds(1),
            Duration.ofHours(1));
    var longest = staleness.compareTo(usual.maxOutage()) > 0 ? staleness : usual.maxOutage();
    return usual.within(staleness, in.duration("CODING_PLANS_MAX_OUTAGE", longest, staleness, DAY));
  }
}
