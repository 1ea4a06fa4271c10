package dev.codingplans.plugin.billing;

import dev.codingplans.plugin.billing.Decision.End;
import dev.codingplans.plugin.billing.Decision.Renew;
import dev.codingplans.plugin.billing.Decision.StartGrace;
import dev.codingplans.plugin.billing.RenewalRows.ChargedTerm;
import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.catalog.Plan;
import dev.codingplans.plugin.credit.Charge;
import dev.codingplans.plugin.credit.EntryKind;
import dev.codingplans.plugin.credit.ManyAccounts;
import dev.codingplans.plugin.event.EntitlementChanged;
import dev.codingplans.plugin.event.LifecycleEvent;
import dev.codingplans.plugin.event.LifecycleEvent.SubscriptionPastDue;
import dev.codingplans.plugin.event.LifecycleEvent.SubscriptionRecovered;
import dev.codingplans.plugin.event.LifecycleEvent.SubscriptionRenewed;
import dev.codingplans.plugin.event.Outbox;
import dev.codingplans.plugin.subscription.Ending;
import io.micronaut.context.event.ApplicationEventPublisher;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Writes what was decided, all of it in the transaction that decided it. */
@Singleton
class Outcomes {

  private final Catalog catalog;
  private final ManyAccounts accounts;
  private final RenewalRows rows;
  private final Ending ending;
  private final BillingFailures failures;
  private final Outbox outbox;
  private final ApplicationEventPublisher<EntitlementChanged> changes;

  Outcomes(
      Catalog catalog,
      ManyAccounts accounts,
      RenewalRows rows,
      Ending ending,
      BillingFailures failures,
      Outbox outbox,
      ApplicationEventPublisher<EntitlementChanged> changes) {
    this.catalog = catalog;
    this.accounts = accounts;
    this.rows = rows;
    this.ending = ending;
    this.failures = failures;
    this.outbox = outbox;
    this.changes = changes;
  }

  @Transactional(propagation = Propagation.MANDATORY)
  public void write(List<Decision> decisions, Instant now) {
    renew(of(Renew.class, decisions), now);
    startGrace(of(StartGrace.class, decisions), now);
    end(of(End.class, decisions), now);
    failures.forget(decisions.stream().map(decision -> decision.subscription().id()).toList());
  }

  private void renew(List<Renew> renewals, Instant now) {
    if (renewals.isEmpty()) {
      return;
    }
    var terms = renewals.stream().map(ChargedTerm::of).toList();
    accounts.charge(terms.stream().map(this::charge).toList(), now);
    requireAll(rows.renew(renewals), renewals);
    rows.addTerms(terms, now);
    outbox.appendAll(renewals.stream().flatMap(Outcomes::events).toList(), now);
    tellRequestPath(renewals);
  }

  private void startGrace(List<StartGrace> graces, Instant now) {
    if (graces.isEmpty()) {
      return;
    }
    requireAll(rows.startGrace(graces), graces);
    outbox.appendAll(graces.stream().map(Outcomes::event).toList(), now);
    tellRequestPath(graces);
  }

  private void end(List<End> ends, Instant now) {
    ending.end(
        ends.stream()
            .map(end -> new Ending.End(end.subscription().id(), end.reason(), end.at()))
            .toList(),
        now);
  }

  private Charge charge(ChargedTerm term) {
    var renewal = term.renewal();
    var subscription = renewal.subscription();
    return new Charge(
        term.entry(),
        subscription.user(),
        EntryKind.RENEWAL,
        subscription.priceMicrodollars(),
        renewal.balanceAfter(),
        "Coding plan renewal: " + planName(subscription),
        "renewal:" + subscription.id() + ":" + renewal.term().start());
  }

  /** A plan that left the catalog is named by its id (C5). */
  private String planName(DueSubscription subscription) {
    return catalog
        .findCredentialPlan(subscription.plan())
        .map(Plan.Credential::fullName)
        .orElse(subscription.plan().value());
  }

  private static Stream<LifecycleEvent> events(Renew renewal) {
    var due = renewal.subscription();
    var renewed =
        new SubscriptionRenewed(
            due.user(),
            due.id(),
            due.plan().value(),
            due.provider().value(),
            due.priceMicrodollars(),
            renewal.term().start(),
            renewal.term().end(),
            renewal.skippedPeriods());
    return due.isPastDue()
        ? Stream.of(
            renewed,
            new SubscriptionRecovered(
                due.user(),
                due.id(),
                due.plan().value(),
                due.provider().value(),
                renewal.term().end()))
        : Stream.of(renewed);
  }

  private static LifecycleEvent event(StartGrace grace) {
    var due = grace.subscription();
    return new SubscriptionPastDue(
        due.user(),
        due.id(),
        due.plan().value(),
        due.provider().value(),
        grace.shortfall(),
        grace.until());
  }

  private void tellRequestPath(List<? extends Decision> decisions) {
    decisions.stream()
        .map(decision -> decision.subscription().user())
        .distinct()
        .forEach(user -> changes.publishEvent(new EntitlementChanged(user)));
  }

  private static void requireAll(int rows, List<? extends Decision> decisions) {
    if (rows != decisions.size()) {
      throw new IllegalStateException("a subscription changed although its account is locked");
    }
  }

  private static <D extends Decision> List<D> of(Class<D> kind, List<Decision> decisions) {
    return decisions.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
