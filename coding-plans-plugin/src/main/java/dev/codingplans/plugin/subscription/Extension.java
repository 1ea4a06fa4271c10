package dev.codingplans.plugin.subscription;

import static dev.codingplans.plugin.refusal.Refusal.Code.INVALID_STATE;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.credit.Accounts;
import dev.codingplans.plugin.credit.EntryKind;
import dev.codingplans.plugin.event.EntitlementChanged;
import dev.codingplans.plugin.event.LifecycleEvent;
import dev.codingplans.plugin.event.LifecycleEvent.SubscriptionExtended;
import dev.codingplans.plugin.event.LifecycleEvent.SubscriptionRecovered;
import dev.codingplans.plugin.event.Outbox;
import dev.codingplans.plugin.refusal.Refusal;
import dev.codingplans.plugin.time.TimeSource;
import io.micronaut.context.event.ApplicationEventPublisher;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Gives a subscription more time for nothing; what was past due is so no more. */
@Singleton
public class Extension {

  private final LockedSubscriptions locked;
  private final SubscriptionRepository subscriptions;
  private final Accounts accounts;
  private final TimeSource time;
  private final Outbox outbox;
  private final ApplicationEventPublisher<EntitlementChanged> changes;

  Extension(
      LockedSubscriptions locked,
      SubscriptionRepository subscriptions,
      Accounts accounts,
      TimeSource time,
      Outbox outbox,
      ApplicationEventPublisher<EntitlementChanged> changes) {
    this.locked = locked;
    this.subscriptions = subscriptions;
    this.accounts = accounts;
    this.time = time;
    this.outbox = outbox;
    this.changes = changes;
  }

  /** Moves the end of the paid time, and with it the next charge, by whole days. */
  @Transactional
  public void extend(UserId owner, UUID id, int days) {
    extend(locked.getLive(owner, id), days);
  }

  /**
   * Extends what still ends when whoever asks believes it does: of two who ask at the same sight of
   * it, or of one who asks twice, the first is heard.
   */
  @Transactional
  public void extendIfEnding(UserId owner, UUID id, Instant believed, int days) {
    var subscription = locked.getLive(owner, id);
    if (!subscription.accessEndsAt().equals(believed)) {
      throw new Refusal(INVALID_STATE, "The subscription was changed meanwhile.");
    }
    extend(subscription, days);
  }

  private void extend(Subscription subscription, int days) {
    var now = time.now();
    var term = Term.of(start(subscription, now), Duration.ofDays(days));
    if (subscriptions.extend(subscription.id(), term.end()) != 1) {
      throw new IllegalStateException("a subscription changed although its account is locked");
    }
    record(subscription, term, days, now);
    outbox.appendAll(events(subscription, term, days), now);
    changes.publishEvent(new EntitlementChanged(subscription.userId()));
  }

  /** Days that are over already would be none. */
  private static Instant start(Subscription subscription, Instant now) {
    var end = subscription.currentPeriodEnd();
    return end.isAfter(now) ? end : now;
  }

  private void record(Subscription subscription, Term term, int days, Instant now) {
    var termId = UUID.randomUUID();
    var entry =
        accounts.charge(
            subscription.userId(),
            EntryKind.EXTENSION,
            0,
            "Coding plan extension: " + days + (days == 1 ? " additional day" : " additional days"),
            "extension:" + subscription.id() + ":" + termId,
            now);
    subscriptions.addTerm(
        termId,
        subscription.id(),
        EntryKind.EXTENSION.code(),
        term.start(),
        term.end(),
        0,
        entry.id(),
        now);
  }

  private static List<LifecycleEvent> events(Subscription subscription, Term term, int days) {
    var events = new ArrayList<LifecycleEvent>();
    var plan = subscription.planId().value();
    var provider = subscription.providerId().value();
    events.add(
        new SubscriptionExtended(
            subscription.userId(), subscription.id(), plan, provider, days, term.end()));
    if (subscription.isPastDue()) {
      events.add(
          new SubscriptionRecovered(
              subscription.userId(), subscription.id(), plan, provider, term.end()));
    }
    return events;
  }
}
