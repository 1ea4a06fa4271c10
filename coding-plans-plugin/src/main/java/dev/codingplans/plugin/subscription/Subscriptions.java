package dev.codingplans.plugin.subscription;

import static dev.codingplans.plugin.refusal.Refusal.Code.NOT_FOUND;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.refusal.Refusal;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What a user holds, and waits for. */
@Singleton
public class Subscriptions {

  private final SubscriptionRepository repository;

  Subscriptions(SubscriptionRepository repository) {
    this.repository = repository;
  }

  /** Returns the user's subscription; somebody else's is not found. */
  public Subscription get(UserId user, UUID id) {
    return repository
        .find(id, user)
        .orElseThrow(() -> new Refusal(NOT_FOUND, "You have no such subscription."));
  }

  /** Returns the user's subscriptions from before the position, newest first. */
  public List<Subscription> listBefore(UserId user, boolean includeEnded, long position, int most) {
    return repository.listBefore(user, includeEnded, position, most);
  }

  /** Returns the plans whose stock the user waits for. */
  public Set<PlanId> intentsOf(UserId user) {
    return repository.intentsOf(user).stream().map(PlanId::new).collect(Collectors.toSet());
  }
}
