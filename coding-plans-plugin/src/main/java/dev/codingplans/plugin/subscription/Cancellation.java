package dev.codingplans.plugin.subscription;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.event.EntitlementChanged;
import dev.codingplans.plugin.event.LifecycleEvent.SubscriptionCancelScheduled;
import dev.codingplans.plugin.event.LifecycleEvent.SubscriptionResumed;
import dev.codingplans.plugin.event.Outbox;
import dev.codingplans.plugin.event.RenewalPossible;
import dev.codingplans.plugin.time.TimeSource;
import io.micronaut.context.event.ApplicationEventPublisher;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Schedules the end of a subscription, and takes that back (X1). */
@Singleton
public class Cancellation {

  private final LockedSubscriptions locked;
  private final SubscriptionRepository subscriptions;
  private final LapsedCancellations lapsed;
  private final TimeSource time;
  private final Outbox outbox;
  private final ApplicationEventPublisher<EntitlementChanged> changes;
  private final ApplicationEventPublisher<RenewalPossible> possibilities;

  Cancellation(
      LockedSubscriptions locked,
      SubscriptionRepository subscriptions,
      LapsedCancellations lapsed,
      TimeSource time,
      Outbox outbox,
      ApplicationEventPublisher<EntitlementChanged> changes,
      ApplicationEventPublisher<RenewalPossible> possibilities) {
    this.locked = locked;
    this.subscriptions = subscriptions;
    this.lapsed = lapsed;
    this.time = time;
    this.outbox = outbox;
    this.changes = changes;
    this.possibilities = possibilities;
  }

  /** Lets the subscription end when what is paid for, or the grace, is over. */
  @Transactional
  public void cancel(UserId user, UUID id) {
    var subscription = locked.getLive(user, id);
    if (subscriptions.scheduleEnd(id) == 0) {
      return;
    }
    outbox.append(
        new SubscriptionCancelScheduled(
            user,
            id,
            subscription.planId().value(),
            subscription.providerId().value(),
            subscription.accessEndsAt()),
        time.now());
    changes.publishEvent(new EntitlementChanged(user));
    // A cancellation that arrives before a late charge wins, and its end is past (R1).
    lapsed.onLocked(user);
  }

  /** Takes a scheduled end back; a subscription that is past due may be renewed right after. */
  @Transactional
  public void resume(UserId user, UUID id) {
    var subscription = locked.getLive(user, id);
    if (subscriptions.takeEndBack(id) == 0) {
      return;
    }
    outbox.append(
        new SubscriptionResumed(
            user,
            id,
            subscription.planId().value(),
            subscription.providerId().value(),
            subscription.renewalAt()),
        time.now());
    changes.publishEvent(new EntitlementChanged(user));
    possibilities.publishEvent(new RenewalPossible(user));
  }
}
