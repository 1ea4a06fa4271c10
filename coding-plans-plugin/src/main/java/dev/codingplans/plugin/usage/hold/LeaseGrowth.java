package dev.codingplans.plugin.usage.hold;

import static dev.codingplans.plugin.refusal.Refusal.Code.UNAVAILABLE;

import dev.codingplans.gateway.spi.usage.Hold;
import dev.codingplans.plugin.credit.Credits;
import dev.codingplans.plugin.credit.ladder.Ladder;
import dev.codingplans.plugin.credit.ladder.LadderSettings;
import dev.codingplans.plugin.credit.lease.Grant;
import dev.codingplans.plugin.credit.lease.Leases;
import dev.codingplans.plugin.credit.lease.Wish;
import dev.codingplans.plugin.database.KnownOutage;
import dev.codingplans.plugin.refusal.Refusal;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.OptionalLong;

/** Asks the database for more of a user's balance, and answers those who wait for it. */
@Singleton
class LeaseGrowth {

  private static final int MOST_ATTEMPTS = 5;

  private final Leases leases;
  private final Credits credits;
  private final Ladder ladder;
  private final AlignedTime time;
  private final Settlement settlement;
  private final KnownOutage outage;

  LeaseGrowth(
      Leases leases,
      Credits credits,
      LadderSettings settings,
      AlignedTime time,
      Settlement settlement,
      KnownOutage outage) {
    this.leases = leases;
    this.credits = credits;
    this.ladder = settings.ladder();
    this.time = time;
    this.settlement = settlement;
    this.outage = outage;
  }

  /** Renews the lease; whoever waits is answered, or waits again, but for no database in vain. */
  void grow(NodeLease lease) {
    var waiting = lease.takeWaiting();
    try {
      requireDatabase();
      answer(lease, waiting, renew(lease, waiting));
    } catch (RuntimeException e) {
      waiting.forEach(each -> each.answer().completeExceptionally(e));
      throw e;
    }
  }

  private void requireDatabase() {
    if (outage.isNow()) {
      throw new Refusal(UNAVAILABLE, "The database is away. Try again in a moment.");
    }
  }

  private Grant renew(NodeLease lease, List<Waiting> waiting) {
    var before = System.nanoTime();
    var grant = leases.renew(lease.user(), lease.id(), () -> wish(lease, waiting, before));
    lease.granted(grant, before);
    return grant;
  }

  /** The account is locked. */
  private Wish wish(NodeLease lease, List<Waiting> waiting, long before) {
    var balance = credits.balanceOf(lease.user());
    time.align(balance.at(), before);
    var price = new Price(ladder, balance.firstPaidAt());
    lease.costs(price);
    // No sum of what is set aside at once is anywhere near the end of numbers.
    var cost = waiting.stream().mapToLong(each -> price.of(each.listCost(), balance.at())).sum();
    var need = Math.max(0, cost - lease.free());
    return new Wish(need, lease.ahead(need, before));
  }

  private void answer(NodeLease lease, List<Waiting> waiting, Grant grant) {
    var left = waiting.stream().filter(each -> !give(lease, each)).toList();
    if (left.isEmpty()) {
      return;
    }
    if (grant.outcome() == Grant.Outcome.LEASED_ELSEWHERE) {
      leases.recall(List.of(lease.user()));
    }
    left.forEach(each -> answerLater(lease, each, grant));
  }

  private boolean give(NodeLease lease, Waiting waiting) {
    var held = hold(lease, waiting.listCost());
    held.ifPresent(cost -> waiting.give(holdOf(lease, waiting.listCost(), cost)));
    return held.isPresent();
  }

  OptionalLong hold(NodeLease lease, long listCost) {
    var nanos = System.nanoTime();
    return lease.tryHold(listCost, time.at(nanos), nanos);
  }

  boolean refuses(NodeLease lease, long listCost) {
    var nanos = System.nanoTime();
    return lease.refuses(listCost, time.at(nanos), nanos);
  }

  Hold holdOf(NodeLease lease, long listCost, long cost) {
    return new LeaseHold(lease, listCost, cost, settlement);
  }

  /** Others may have taken what was got for this one, or may give back what it lacks. */
  private static void answerLater(NodeLease lease, Waiting waiting, Grant grant) {
    var isHopeless =
        grant.outcome() == Grant.Outcome.INSUFFICIENT || waiting.attempt() >= MOST_ATTEMPTS;
    if (isHopeless || !lease.await(waiting.again(), System.nanoTime())) {
      waiting.refuse();
    }
  }
}
