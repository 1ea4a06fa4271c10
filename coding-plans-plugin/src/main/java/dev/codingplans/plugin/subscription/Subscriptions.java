package dev.codingplans.plugin.subscription;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.subscription.Ending.End;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What users hold. */
@Singleton
public class Subscriptions {

  private final SubscriptionRepository repository;
  private final Ending ending;

  Subscriptions(SubscriptionRepository repository, Ending ending) {
    this.repository = repository;
    this.ending = ending;
  }

  /** Returns the user's subscription; somebody else's is not found. */
  public Subscription get(UserId user, UUID id) {
    return repository.find(id, user).orElseThrow(LockedSubscriptions::unknown);
  }

  /** Returns the user's subscriptions from before the position, newest first. */
  public List<Subscription> listBefore(UserId user, boolean includeEnded, long position, int most) {
    return repository.listBefore(user, includeEnded, position, most);
  }

  /** Returns the credential that serves the user's subscription, which must be live. */
  public UUID credentialOf(UserId user, UUID id) {
    return repository.credentialOf(LockedSubscriptions.requireLive(get(user, id)).id());
  }

  /** Returns anybody's subscription. */
  public Subscription get(UUID id) {
    return repository.find(id).orElseThrow(LockedSubscriptions::unknown);
  }

  /** Returns everybody's subscriptions from before the position, newest first. */
  public List<Subscription> listAllBefore(
      Optional<UserId> user, Optional<String> status, long position, int most) {
    return repository.listAllBefore(
        user.map(UserId::value).orElse(null), status.orElse(null), position, most);
  }

  /** Ends all that is live, because its account goes; the account is locked. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void endAllOf(UserId user, Instant now) {
    ending.end(
        repository.live(user).stream()
            .map(id -> new End(id, CancellationReason.ACCOUNT_DELETED, now))
            .toList(),
        now);
  }

  /** Returns the terms of the user's subscription from before the position, newest first. */
  public List<PaidTerm> termsBefore(UserId user, UUID id, long position, int most) {
    return repository.termsBefore(get(user, id).id(), position, most);
  }
}
