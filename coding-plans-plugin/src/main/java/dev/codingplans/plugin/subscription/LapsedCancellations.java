package dev.codingplans.plugin.subscription;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.credit.AccountLockListener;
import dev.codingplans.plugin.subscription.Ending.End;
import dev.codingplans.plugin.time.TimeSource;
import jakarta.inject.Singleton;

/**
 * Ends a user's scheduled cancellations whose end has passed, before anything else is done with the
 * account: nobody has to wait for a sweep (X7).
 */
@Singleton
class LapsedCancellations implements AccountLockListener {

  private final SubscriptionRepository subscriptions;
  private final Ending ending;
  private final TimeSource time;

  LapsedCancellations(SubscriptionRepository subscriptions, Ending ending, TimeSource time) {
    this.subscriptions = subscriptions;
    this.ending = ending;
    this.time = time;
  }

  @Override
  public void onLocked(UserId user) {
    var lapsed =
        subscriptions.lapsed(user).stream()
            .map(end -> new End(end.id(), CancellationReason.USER_CANCELED, end.endedAt()))
            .toList();
    if (!lapsed.isEmpty()) {
      ending.end(lapsed, time.now());
    }
  }
}
