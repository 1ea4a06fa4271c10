package dev.codingplans.plugin.subscription;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.byok.ManagedKeys;
import dev.codingplans.plugin.credential.Retirement;
import dev.codingplans.plugin.event.EntitlementChanged;
import dev.codingplans.plugin.event.LifecycleEvent;
import dev.codingplans.plugin.event.LifecycleEvent.SubscriptionEnded;
import dev.codingplans.plugin.event.Outbox;
import io.micronaut.context.event.ApplicationEventPublisher;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Ends subscriptions, whatever the reason: there is no other way for one to end (X5). */
@Singleton
public class Ending {

  private final EndingRows rows;
  private final Retirement retirement;
  private final ManagedKeys keys;
  private final Outbox outbox;
  private final ApplicationEventPublisher<EntitlementChanged> changes;

  Ending(
      EndingRows rows,
      Retirement retirement,
      ManagedKeys keys,
      Outbox outbox,
      ApplicationEventPublisher<EntitlementChanged> changes) {
    this.rows = rows;
    this.retirement = retirement;
    this.keys = keys;
    this.outbox = outbox;
    this.changes = changes;
  }

  /**
   * Ends those that are still live, takes their keys away, and sends their credentials to
   * revocation. The caller holds the locks of their accounts. Returns what ended now.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<Ended> end(List<End> ends, Instant now) {
    if (ends.isEmpty()) {
      return List.of();
    }
    var ended = rows.end(ends);
    retirement.retire(ended.stream().map(Ended::toRetire).toList(), now);
    keys.remove(ended.stream().map(Ended::subscription).toList());
    outbox.appendAll(ended.stream().map(Ended::toEvent).toList(), now);
    ended.stream()
        .map(Ended::user)
        .distinct()
        .forEach(user -> changes.publishEvent(new EntitlementChanged(user)));
    return ended;
  }

  /**
   * An end that is due.
   *
   * @param at when access ended, or ends
   */
  public record End(UUID subscription, CancellationReason reason, Instant at) {}

  /** A subscription that has just ended. */
  public record Ended(
      UUID subscription,
      UserId user,
      String planId,
      String providerId,
      UUID credential,
      CancellationReason reason,
      Instant at) {

    Retirement.Retired toRetire() {
      return new Retirement.Retired(credential, planId, providerId, at);
    }

    LifecycleEvent toEvent() {
      return new SubscriptionEnded(user, subscription, planId, providerId, reason.code(), at);
    }
  }
}
