package dev.codingplans.plugin.quota;

import static dev.codingplans.plugin.refusal.Refusal.Code.NOT_FOUND;
import static dev.codingplans.plugin.refusal.Refusal.Code.NO_ACTIVE_PLAN;
import static dev.codingplans.plugin.refusal.Refusal.Code.QUOTA_EXHAUSTED;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.credit.Accounts;
import dev.codingplans.plugin.event.LifecycleEvent.QuotaAllocated;
import dev.codingplans.plugin.event.Outbox;
import dev.codingplans.plugin.idempotency.IdempotencyKey;
import dev.codingplans.plugin.idempotency.IdempotencyKeys;
import dev.codingplans.plugin.refusal.Refusal;
import dev.codingplans.plugin.time.TimeSource;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes units of allowances, one at a time, and lets go of them (Q3, Q4). */
@Singleton
public class Allocations {

  /** What a unit can be called. */
  public static final String LABEL = "[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]{1,100}";

  private final Accounts accounts;
  private final IdempotencyKeys keys;
  private final AllowanceRepository allowances;
  private final AllocationRepository repository;
  private final TimeSource time;
  private final Outbox outbox;

  Allocations(
      Accounts accounts,
      IdempotencyKeys keys,
      AllowanceRepository allowances,
      AllocationRepository repository,
      TimeSource time,
      Outbox outbox) {
    this.accounts = accounts;
    this.keys = keys;
    this.allowances = allowances;
    this.repository = repository;
    this.time = time;
    this.outbox = outbox;
  }

  /** Takes a unit of the user's running allowance, once for each key. */
  @Transactional
  public Taken take(UserId user, String unit, @Nullable String label, IdempotencyKey key) {
    accounts.lock(user);
    var done = keys.replay(key).flatMap(id -> repository.find(id, user));
    if (done.isPresent()) {
      return new Taken(done.get(), true);
    }
    var now = time.now();
    var id = take(running(user, unit, now), label, now);
    keys.remember(key, id);
    return new Taken(repository.find(id, user).orElseThrow(), false);
  }

  /** Lets go of a unit, which does not come back; a repeat, or one that expired, is harmless. */
  @Transactional
  public void release(UserId user, String unit, UUID id) {
    accounts.lock(user);
    repository.release(get(user, unit, id).id(), time.now());
  }

  /** Returns a unit that the user took; somebody else's is not found. */
  public Allocation get(UserId user, String unit, UUID id) {
    return repository
        .find(id, user)
        .filter(it -> it.unit().equals(unit))
        .orElseThrow(() -> new Refusal(NOT_FOUND, "There is no such allocation."));
  }

  /** Returns what the user holds of the unit, from before the position, newest first. */
  public List<Allocation> heldBefore(UserId user, String unit, long position, int most) {
    return canBe(unit) ? repository.heldBefore(user, unit, position, most) : List.of();
  }

  /** Returns all that was ever taken, by one user or by all, from before the position. */
  public List<Allocation> allBefore(Optional<UserId> user, long position, int most) {
    return user.map(it -> repository.allBefore(it, position, most))
        .orElseGet(() -> repository.allBefore(position, most));
  }

  private Allowance running(UserId user, String unit, Instant now) {
    return Optional.of(unit)
        .filter(Allocations::canBe)
        .flatMap(it -> allowances.findRunning(user, it, now))
        .orElseThrow(
            () -> new Refusal(NO_ACTIVE_PLAN, "You have no plan that runs and gives such units."));
  }

  /** Tells whether a catalog can have such a unit: it is named as all that catalogs name. */
  private static boolean canBe(String unit) {
    return PlanId.isWellFormed(unit);
  }

  private UUID take(Allowance allowance, @Nullable String label, Instant now) {
    if (allowance.isExhausted()) {
      throw exhausted();
    }
    var number = allowance.nextUnit();
    if (allowances.take(allowance.id(), number, now) == 0) {
      throw new IllegalStateException("an allowance changed although its account is locked");
    }
    var id = UUID.randomUUID();
    repository.add(id, allowance.id(), number, label, allowance.costOfUnit(number), now);
    outbox.append(
        new QuotaAllocated(
            allowance.userId(),
            id,
            allowance.id(),
            allowance.planId().value(),
            allowance.unit(),
            allowance.periodEnd()),
        now);
    return id;
  }

  private static Refusal exhausted() {
    return new Refusal(QUOTA_EXHAUSTED, "All units of your plan are used.");
  }

  /** A unit, taken now or before with the same key. */
  public record Taken(Allocation allocation, boolean replayed) {}
}
