package dev.codingplans.plugin.credit;

import dev.codingplans.gateway.spi.identity.UserId;

/**
 * An account as its lock found it.
 *
 * @param parked whether nothing may be charged
 * @param autoTopUp whether credit may be collected when a renewal lacks it
 * @param leasedMicrodollars how much of the balance nodes have reserved for requests
 */
public record LockedAccount(
    UserId user,
    long balanceMicrodollars,
    boolean parked,
    boolean autoTopUp,
    long leasedMicrodollars) {

  LockedAccount leased(long microdollars) {
    return new LockedAccount(user, balanceMicrodollars, parked, autoTopUp, microdollars);
  }
}
