package dev.codingplans.plugin.credit;

import dev.codingplans.gateway.spi.identity.UserId;

/**
 * An account as its lock found it.
 *
 * @param parked whether nothing may be charged
 * @param autoTopUp whether credit may be collected when a renewal lacks it
 */
public record LockedAccount(
    UserId user, long balanceMicrodollars, boolean parked, boolean autoTopUp) {}
