package dev.codingplans.plugin.http.pages.users;

import dev.codingplans.plugin.credit.ladder.Ladder;
import dev.codingplans.plugin.credit.ladder.Tier;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A user as an operator sees one in a list.
 *
 * @param isWithin whether the id was found by a part within it, and not by its start
 * @param lastActiveAt when the user last used something that is charged by use
 * @param liveSubscriptions how many the user holds at {@code now}
 * @param quotas the running allowances
 */
record ListedUser(
    String userId,
    boolean isWithin,
    long balanceMicrodollars,
    Optional<Instant> firstPaidAt,
    Optional<Instant> lastActiveAt,
    long liveSubscriptions,
    List<Quota> quotas,
    Instant now) {

  /** Returns the step of the discount ladder that the user is on. */
  Tier tier(Ladder ladder) {
    return ladder.tierAt(firstPaidAt, now);
  }

  String grantPath() {
    return UserLinks.grant(userId);
  }

  String allocationsPath() {
    return UserLinks.allocations(userId);
  }

  String subscriptionsPath() {
    return UserLinks.subscriptions(userId);
  }

  /** A running allowance of a user. */
  record Quota(String planId, long used, long total, Instant periodEnd) {}
}
