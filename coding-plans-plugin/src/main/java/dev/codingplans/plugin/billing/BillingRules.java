package dev.codingplans.plugin.billing;

import static dev.codingplans.plugin.subscription.CancellationReason.INSUFFICIENT_CREDITS;
import static dev.codingplans.plugin.subscription.CancellationReason.USER_CANCELED;

import dev.codingplans.plugin.billing.Decision.AwaitCredit;
import dev.codingplans.plugin.billing.Decision.AwaitLeases;
import dev.codingplans.plugin.billing.Decision.End;
import dev.codingplans.plugin.billing.Decision.Leave;
import dev.codingplans.plugin.billing.Decision.Renew;
import dev.codingplans.plugin.billing.Decision.StartGrace;
import dev.codingplans.plugin.credit.LockedAccount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The rules of renewal and grace, without any I/O. */
final class BillingRules {

  /** Whoever is seen late has at least this time to pay (G1). */
  private static final Duration LEAST_GRACE = Duration.ofHours(1);

  private static final Comparator<DueSubscription> OLDEST_FIRST =
      Comparator.comparing(DueSubscription::renewalAt).thenComparing(DueSubscription::id);

  private final Duration grace;

  BillingRules(Duration grace) {
    this.grace = grace;
  }

  /** Decides for all due subscriptions of an account; the oldest is paid first (R3). */
  List<Decision> decide(LockedAccount account, List<DueSubscription> due, Instant now) {
    var decisions = new ArrayList<Decision>();
    var balance = account.balanceMicrodollars();
    for (var subscription : due.stream().sorted(OLDEST_FIRST).toList()) {
      var decision = decide(subscription, account, balance, now);
      decisions.add(decision);
      balance -= taken(decision);
    }
    return withShortfalls(decisions, balance);
  }

  /** What is to renew once leases are back is there for no other. */
  private static long taken(Decision decision) {
    return decision instanceof Renew || decision instanceof AwaitLeases
        ? decision.subscription().priceMicrodollars()
        : 0;
  }

  /**
   * What is left is lacked by one after the other, so that all that is asked for renews them all.
   */
  private static List<Decision> withShortfalls(List<Decision> decisions, long balance) {
    var complete = new ArrayList<Decision>();
    var left = balance;
    for (var decision : decisions) {
      var price = decision.subscription().priceMicrodollars();
      switch (decision) {
        case StartGrace grace -> {
          complete.add(grace.lacking(price - left));
          left = 0;
        }
        case AwaitCredit await -> {
          complete.add(await.lacking(price - left));
          left = 0;
        }
        case Renew renew -> complete.add(renew);
        case End end -> complete.add(end);
        case AwaitLeases await -> complete.add(await);
        case Leave leave -> complete.add(leave);
      }
    }
    return complete;
  }

  private Decision decide(
      DueSubscription subscription, LockedAccount account, long balance, Instant now) {
    if (subscription.cancellationScheduled()) {
      var end = subscription.accessEndsAt();
      return end.isAfter(now) ? new Leave(subscription) : new End(subscription, USER_CANCELED, end);
    }
    if (account.parked() || subscription.renewalAt().isAfter(now)) {
      return new Leave(subscription);
    }
    if (balance < subscription.priceMicrodollars()) {
      return decideUnfunded(subscription, now);
    }
    return balance - account.leasedMicrodollars() >= subscription.priceMicrodollars()
        ? renew(subscription, balance, now)
        : new AwaitLeases(subscription);
  }

  private static Decision renew(DueSubscription subscription, long balance, Instant now) {
    return new Renew(
        subscription,
        subscription.termAt(now),
        subscription.skippedPeriods(now),
        balance - subscription.priceMicrodollars());
  }

  private Decision decideUnfunded(DueSubscription subscription, Instant now) {
    if (subscription.isPastDue()) {
      var end = subscription.accessEndsAt();
      return end.isAfter(now)
          ? new AwaitCredit(subscription, 0)
          : new End(subscription, INSUFFICIENT_CREDITS, end);
    }
    return grace.isZero()
        ? new End(subscription, INSUFFICIENT_CREDITS, now)
        : new StartGrace(subscription, graceEnd(subscription, now), 0);
  }

  private Instant graceEnd(DueSubscription subscription, Instant now) {
    var fromDue = subscription.termAt(now).start().plus(grace);
    var fromNow = now.plus(grace.compareTo(LEAST_GRACE) < 0 ? grace : LEAST_GRACE);
    return fromDue.isAfter(fromNow) ? fromDue : fromNow;
  }
}
