package dev.codingplans.plugin.credit;

import dev.codingplans.gateway.spi.identity.UserId;

/**
 * An account as its lock found it.
 *
 * @param parked whether nothing may be charged
 */
public record LockedAccount(UserId user, long balanceMicrodollars, boolean parked) {}
