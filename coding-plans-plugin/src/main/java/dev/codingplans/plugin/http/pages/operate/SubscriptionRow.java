package dev.codingplans.plugin.http.pages.operate;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A subscription in the operator's list.
 *
 * @param position grows with every subscription
 * @param plan the plan's name
 * @param provider the provider's name
 * @param endScheduled whether it ends with what is paid for, or with its grace
 * @param at when it renews or ends, or ended
 * @param accessEndsAt when access ends if nothing is charged any more
 * @param reason why it ended
 * @param credential what serves it while it lives
 */
record SubscriptionRow(
    UUID id,
    long position,
    String user,
    String plan,
    String provider,
    long priceMicrodollars,
    int periodDays,
    Standing standing,
    boolean endScheduled,
    Instant at,
    Instant accessEndsAt,
    Optional<String> reason,
    Optional<UUID> credential) {

  boolean isLive() {
    return standing != Standing.ENDED;
  }

  boolean canBeCanceled() {
    return isLive() && !endScheduled;
  }

  /** Returns the key of why it ended. */
  Optional<String> reasonKey() {
    return reason.map(code -> "operate.reason." + code);
  }
}
