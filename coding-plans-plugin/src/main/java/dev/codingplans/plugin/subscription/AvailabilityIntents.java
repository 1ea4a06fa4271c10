package dev.codingplans.plugin.subscription;

import static dev.codingplans.plugin.refusal.Refusal.Code.PLAN_AVAILABLE;
import static dev.codingplans.plugin.refusal.Refusal.Code.PLAN_CLOSED;
import static dev.codingplans.plugin.refusal.Refusal.Code.UNKNOWN_PLAN;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.catalog.Plan;
import dev.codingplans.plugin.catalog.SalesState;
import dev.codingplans.plugin.catalog.SalesStates;
import dev.codingplans.plugin.credential.Stock;
import dev.codingplans.plugin.credential.StockListener;
import dev.codingplans.plugin.credit.Accounts;
import dev.codingplans.plugin.event.LifecycleEvent;
import dev.codingplans.plugin.event.LifecycleEvent.StockAvailable;
import dev.codingplans.plugin.event.Outbox;
import dev.codingplans.plugin.refusal.Refusal;
import dev.codingplans.plugin.time.TimeSource;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/** Who wants to be told when a sold-out plan is in stock again (N1, N2). It reserves nothing. */
@Singleton
public class AvailabilityIntents implements StockListener {

  private final Catalog catalog;
  private final SalesStates salesStates;
  private final Stock stock;
  private final Accounts accounts;
  private final IntentRepository intents;
  private final TimeSource time;
  private final Outbox outbox;

  AvailabilityIntents(
      Catalog catalog,
      SalesStates salesStates,
      Stock stock,
      Accounts accounts,
      IntentRepository intents,
      TimeSource time,
      Outbox outbox) {
    this.catalog = catalog;
    this.salesStates = salesStates;
    this.stock = stock;
    this.accounts = accounts;
    this.intents = intents;
    this.time = time;
    this.outbox = outbox;
  }

  /** Returns the plans whose stock the user waits for. */
  public Set<PlanId> of(UserId user) {
    return intents.of(user).stream().map(PlanId::new).collect(Collectors.toSet());
  }

  /** Saves that the user waits for the plan; saving twice is harmless. */
  @Transactional
  public void save(UserId user, PlanId plan) {
    var provider = getCredentialPlan(plan).providerId();
    accounts.lock(user);
    if (salesStates.of(plan) == SalesState.CLOSED) {
      throw new Refusal(PLAN_CLOSED, "This plan is no longer sold.");
    }
    // What is just arriving tells those who wait by then; nobody may come in between (N2).
    stock.awaitUploads();
    if (stock.isInStock(plan, provider)) {
      throw new Refusal(PLAN_AVAILABLE, "This plan is in stock: you can buy it now.");
    }
    intents.save(user, plan, time.now());
  }

  /** Forgets that the user waits for the plan; there may be nothing to forget. */
  @Transactional
  public void delete(UserId user, PlanId plan) {
    getCredentialPlan(plan);
    accounts.lock(user);
    intents.delete(user, plan);
  }

  /** Forgets all that the user waits for; the account is locked. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void deleteAllOf(UserId user) {
    intents.deleteAll(user);
  }

  /**
   * Tells those who have waited longest, as many as there is stock. An intent that is just being
   * saved, deleted or fulfilled is passed over: its user is here already. What nobody can buy, of a
   * plan that is gone or has another provider now, is no stock to them.
   */
  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public void onStockAdded(PlanId plan, Instant now) {
    catalog.findCredentialPlan(plan).ifPresent(known -> tellWaiting(known, now));
  }

  private void tellWaiting(Plan.Credential plan, Instant now) {
    outbox.appendAll(
        intents.takeLongestWaiting(plan.id(), plan.providerId()).stream()
            .<LifecycleEvent>map(user -> new StockAvailable(user, plan.id().value()))
            .toList(),
        now);
  }

  private Plan.Credential getCredentialPlan(PlanId plan) {
    return catalog
        .findCredentialPlan(plan)
        .orElseThrow(() -> new Refusal(UNKNOWN_PLAN, "There is no such plan to wait for."));
  }
}
