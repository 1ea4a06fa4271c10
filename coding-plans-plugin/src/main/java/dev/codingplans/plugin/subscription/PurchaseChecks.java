package dev.codingplans.plugin.subscription;

import static dev.codingplans.plugin.refusal.Refusal.Code.INSUFFICIENT_CREDITS;
import static dev.codingplans.plugin.refusal.Refusal.Code.PROVIDER_PLAN_ACTIVE;
import static dev.codingplans.plugin.refusal.Refusal.Code.SOLD_OUT;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.byok.ByokKeys;
import dev.codingplans.plugin.catalog.Plan;
import dev.codingplans.plugin.catalog.SalesStates;
import dev.codingplans.plugin.credential.Stock;
import dev.codingplans.plugin.credit.Accounts;
import dev.codingplans.plugin.credit.Usd;
import dev.codingplans.plugin.refusal.Refusal;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What can stand in the way of a purchase, in the order in which it is looked at (P2). */
@Singleton
class PurchaseChecks {

  private final SalesStates salesStates;
  private final SubscriptionRepository subscriptions;
  private final ByokKeys keys;
  private final Stock stock;
  private final Accounts accounts;

  PurchaseChecks(
      SalesStates salesStates,
      SubscriptionRepository subscriptions,
      ByokKeys keys,
      Stock stock,
      Accounts accounts) {
    this.salesStates = salesStates;
    this.subscriptions = subscriptions;
    this.keys = keys;
    this.stock = stock;
    this.accounts = accounts;
  }

  /** Refuses with the first that stands in the way; whether there is stock, the claim decides. */
  void require(UserId user, Plan.Credential plan, Optional<Refusal> veto, long balance) {
    checks(user, plan, veto, balance)
        .map(Supplier::get)
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(
            refusal -> {
              throw refusal;
            });
  }

  /** Returns all that stands in the way. */
  Stream<Refusal> blockers(
      UserId user, Plan.Credential plan, Optional<Refusal> veto, long balance) {
    Stream<Supplier<Optional<Refusal>>> all =
        Stream.concat(checks(user, plan, veto, balance), Stream.of(() -> stock(plan)));
    return all.map(Supplier::get).flatMap(Optional::stream);
  }

  private Stream<Supplier<Optional<Refusal>>> checks(
      UserId user, Plan.Credential plan, Optional<Refusal> veto, long balance) {
    return Stream.of(
        () -> salesStates.refusal(plan.id()),
        () -> veto,
        () -> livePlan(user, plan),
        () -> anyKey(user, plan),
        () -> accounts.refusalIfParked(user),
        () -> funds(plan, balance));
  }

  private Optional<Refusal> livePlan(UserId user, Plan.Credential plan) {
    return when(
        subscriptions.isLive(user, plan.providerId()),
        () ->
            new Refusal(
                PROVIDER_PLAN_ACTIVE,
                "You have a plan of "
                    + plan.provider().name()
                    + ". Cancel it and wait until its access ends."));
  }

  private Optional<Refusal> anyKey(UserId user, Plan.Credential plan) {
    return when(keys.isPresent(user, plan.providerId()), ByokKeys::keyPresent);
  }

  private static Optional<Refusal> funds(Plan.Credential plan, long balance) {
    return when(
        balance < plan.priceMicrodollars(),
        () ->
            new Refusal(
                INSUFFICIENT_CREDITS,
                "This plan costs "
                    + Usd.format(plan.priceMicrodollars())
                    + ", and your balance is "
                    + Usd.format(balance)
                    + "."));
  }

  private Optional<Refusal> stock(Plan.Credential plan) {
    return when(
        !stock.isInStock(plan.id(), plan.providerId()),
        () -> new Refusal(SOLD_OUT, "This plan is sold out."));
  }

  private static Optional<Refusal> when(boolean blocked, Supplier<Refusal> refusal) {
    return blocked ? Optional.of(refusal.get()) : Optional.empty();
  }
}
