package dev.codingplans.plugin.entitlement;

import dev.codingplans.entitlement.Coverage;
import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.ProviderId;
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
 */
public record EntitlementSettings(
    Set<ProviderId> providers, Map<PlanId, Coverage> coverages, Duration slack) {

  private static final Duration LEAST_SLACK = Duration.ofHours(24);

  /** Returns the slack that goes with a grace: the larger of it and a day. */
  public static Duration slackFor(Duration grace) {
    return grace.compareTo(LEAST_SLACK) > 0 ? grace : LEAST_SLACK;
  }
}
