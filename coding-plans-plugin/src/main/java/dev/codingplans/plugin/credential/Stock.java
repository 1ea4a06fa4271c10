package dev.codingplans.plugin.credential;

import static dev.codingplans.plugin.refusal.Refusal.Code.INVALID_STATE;
import static dev.codingplans.plugin.refusal.Refusal.Code.NOT_FOUND;
import static dev.codingplans.plugin.refusal.Refusal.Code.SOLD_OUT;
import static dev.codingplans.plugin.refusal.Refusal.Code.UNAVAILABLE;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.database.SqlState;
import dev.codingplans.plugin.event.LifecycleEvent.CredentialRevocationPending;
import dev.codingplans.plugin.event.Outbox;
import dev.codingplans.plugin.refusal.Refusal;
import dev.codingplans.plugin.time.TimeSource;
import io.micronaut.context.event.ApplicationEventPublisher;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The credentials that are free to be sold. */
@Singleton
public class Stock {

  /**
   * How long a claim waits in all, however often it looks again because stock arrived meanwhile.
   */
  private static final Duration MAX_WAIT = Duration.ofSeconds(2);

  private final CredentialRepository repository;
  private final TimeSource time;
  private final Outbox outbox;
  private final ApplicationEventPublisher<StockTaken> takings;

  Stock(
      CredentialRepository repository,
      TimeSource time,
      Outbox outbox,
      ApplicationEventPublisher<StockTaken> takings) {
    this.repository = repository;
    this.time = time;
    this.outbox = outbox;
    this.takings = takings;
  }

  /**
   * Takes the oldest ready credential that the provider has sold for the plan, for the user. Says
   * sold out only if there is no available row at all; others that are just being taken may be let
   * go again, so it waits for them (P6).
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public UUID claim(PlanId plan, ProviderId provider, UserId user, Instant now) {
    var claimed =
        Optional.ofNullable(repository.claim(plan, provider, user, now))
            .orElseGet(() -> claimWaiting(plan, provider, user, now));
    takings.publishEvent(new StockTaken(plan));
    return claimed;
  }

  private UUID claimWaiting(PlanId plan, ProviderId provider, UserId user, Instant now) {
    var deadline = System.nanoTime() + MAX_WAIT.toNanos();
    while (repository.isInStock(plan, provider)) {
      var claimed =
          waitFor(plan, provider, user, now, Duration.ofNanos(deadline - System.nanoTime()));
      if (claimed.isPresent()) {
        return claimed.get();
      }
    }
    throw new Refusal(SOLD_OUT, "This plan is sold out.");
  }

  private Optional<UUID> waitFor(
      PlanId plan, ProviderId provider, UserId user, Instant now, Duration atMost) {
    // Zero would be no limit at all.
    if (atMost.toMillis() <= 0) {
      throw busy();
    }
    try {
      repository.limitWaits(atMost.toMillis());
      var claimed = repository.claimWaiting(plan, provider, user, now);
      repository.limitWaits(MAX_WAIT.toMillis());
      return Optional.ofNullable(claimed);
    } catch (DataAccessException e) {
      throw SqlState.isTimeout(e) ? busy() : e;
    }
  }

  private static Refusal busy() {
    return new Refusal(UNAVAILABLE, "Many are buying this plan right now. Try again in a moment.");
  }

  /** Returns the plans of which at least one credential is in stock. */
  public Set<StockedPlan> plansInStock() {
    return Set.copyOf(repository.plansInStock());
  }

  /** Waits for the upload under way, and keeps the next from storing until the transaction ends. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void awaitUploads() {
    repository.awaitUploads();
  }

  public boolean isInStock(PlanId plan, ProviderId provider) {
    return repository.isInStock(plan, provider);
  }

  /** Tells whether there ever was a credential of the plan, in stock or no longer. */
  public boolean knows(PlanId plan) {
    return repository.knows(plan);
  }

  public List<StockCount> counts() {
    return repository.counts();
  }

  /** Returns credentials stored before the position, newest first. */
  public List<StoredCredential> listBefore(
      Optional<String> plan,
      Optional<CredentialStatus> status,
      Optional<Health> health,
      long position,
      int most) {
    return repository.listBefore(
        plan.orElse(null),
        status.map(CredentialStatus::code).orElse(null),
        health.map(Health::code).orElse(null),
        position,
        most);
  }

  /** Takes a credential that nobody has bought out of stock, for good. */
  @Transactional
  public StoredCredential withdraw(UUID id) {
    var now = time.now();
    var withdrawn = repository.withdraw(id, now) == 1;
    var credential =
        repository
            .find(id)
            .orElseThrow(() -> new Refusal(NOT_FOUND, "There is no such credential."));
    if (!withdrawn) {
      throw new Refusal(
          INVALID_STATE, "Only stock can be withdrawn; this one is " + credential.status() + ".");
    }
    outbox.append(
        new CredentialRevocationPending(
            id, credential.planId().value(), credential.providerId().value()),
        now);
    takings.publishEvent(new StockTaken(credential.planId()));
    return credential;
  }

  /** Forgets who used the credentials that the user had; none of them is in use any more. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void forgetUser(UserId user) {
    repository.forgetUser(user);
  }
}
