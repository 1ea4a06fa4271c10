package dev.codingplans.plugin.billing;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.gateway.spi.lifecycle.TopUpPort.TopUp;
import dev.codingplans.plugin.billing.Decision.AwaitCredit;
import dev.codingplans.plugin.billing.Decision.AwaitLeases;
import dev.codingplans.plugin.billing.Decision.End;
import dev.codingplans.plugin.billing.Decision.Leave;
import dev.codingplans.plugin.billing.Decision.Renew;
import dev.codingplans.plugin.billing.Decision.StartGrace;
import dev.codingplans.plugin.billing.TopUpRows.Request;
import dev.codingplans.plugin.credit.HeldAccounts;
import dev.codingplans.plugin.credit.LockedAccount;
import dev.codingplans.plugin.credit.ManyAccounts;
import dev.codingplans.plugin.credit.lease.Leases;
import dev.codingplans.plugin.time.TimeSource;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One transaction of billing: locks accounts, decides for their subscriptions, writes all outcomes
 * together. However many nodes run it at once, each due term has one outcome (R2).
 */
@Singleton
class BillingBatch {

  private final ManyAccounts accounts;
  private final DueSubscriptions subscriptions;
  private final TimeSource time;
  private final BillingRules rules;
  private final Outcomes outcomes;
  private final TopUpRows topUps;
  private final Leases leases;

  BillingBatch(
      ManyAccounts accounts,
      DueSubscriptions subscriptions,
      TimeSource time,
      BillingSettings settings,
      Outcomes outcomes,
      TopUpRows topUps,
      Leases leases) {
    this.accounts = accounts;
    this.subscriptions = subscriptions;
    this.time = time;
    this.rules = new BillingRules(settings.grace());
    this.outcomes = outcomes;
    this.topUps = topUps;
    this.leases = leases;
  }

  /** Handles everything that is due of the users' accounts, or of those that nobody holds. */
  @Transactional
  public BatchResult handle(List<UserId> users, HeldAccounts held) {
    return handle(users, held, subscriptions::lockOf);
  }

  /** Handles one subscription and nothing else of its account. */
  @Transactional
  public BatchResult handleAlone(Due due, HeldAccounts held) {
    return handle(List.of(due.user()), held, (users, now) -> subscriptions.lock(ids(due, users)));
  }

  private BatchResult handle(
      List<UserId> users,
      HeldAccounts held,
      BiFunction<List<UserId>, Instant, List<DueSubscription>> locking) {
    var locked = accounts.lock(users, held);
    // After the lock, so that waiting for it never makes time stand still (T1).
    var now = time.now();
    var due =
        locking.apply(locked.stream().map(LockedAccount::user).toList(), now).stream()
            .collect(Collectors.groupingBy(DueSubscription::user));
    var decisions =
        locked.stream()
            .flatMap(
                account ->
                    rules
                        .decide(account, due.getOrDefault(account.user(), List.of()), now)
                        .stream())
            .toList();
    outcomes.write(decisions, now);
    recallLeases(decisions);
    return new BatchResult(
        tally(decisions), users.size() - locked.size(), requestTopUps(locked, decisions, now));
  }

  /** What is given back is there for the next attempt. */
  private void recallLeases(List<Decision> decisions) {
    var waiting =
        decisions.stream()
            .filter(AwaitLeases.class::isInstance)
            .map(decision -> decision.subscription().user())
            .distinct()
            .toList();
    if (!waiting.isEmpty()) {
      leases.recall(waiting);
    }
  }

  private List<TopUp> requestTopUps(
      List<LockedAccount> locked, List<Decision> decisions, Instant now) {
    var willing =
        locked.stream()
            .filter(LockedAccount::autoTopUp)
            .map(LockedAccount::user)
            .collect(Collectors.toSet());
    var requests =
        decisions.stream()
            .filter(decision -> willing.contains(decision.subscription().user()))
            .flatMap(decision -> request(decision, now))
            .toList();
    return requests.isEmpty() ? List.of() : topUps.record(requests, now);
  }

  private static Stream<Request> request(Decision decision, Instant now) {
    return switch (decision) {
      case StartGrace grace -> Stream.of(request(grace.subscription(), grace.shortfall(), now));
      case AwaitCredit await -> Stream.of(request(await.subscription(), await.shortfall(), now));
      case Renew renew -> Stream.empty();
      case End end -> Stream.empty();
      case AwaitLeases await -> Stream.empty();
      case Leave leave -> Stream.empty();
    };
  }

  private static Request request(DueSubscription subscription, long shortfall, Instant now) {
    return new Request(subscription, subscription.termAt(now).start(), shortfall);
  }

  private static List<UUID> ids(Due due, List<UserId> locked) {
    return locked.isEmpty() ? List.of() : List.of(due.id());
  }

  private static Tally tally(List<Decision> decisions) {
    var tally = new Tally();
    for (var decision : decisions) {
      switch (decision) {
        case Renew renew -> tally.countRenewal(renew.subscription().isPastDue());
        case StartGrace grace -> tally.countGrace();
        case End end -> tally.countEnd(end.reason());
        case AwaitCredit await -> {}
        case AwaitLeases await -> tally.countAwaitedLeases();
        case Leave leave -> {}
      }
    }
    return tally;
  }

  /**
   * What a batch did.
   *
   * @param held how many accounts were left out because others held them
   * @param topUps what is to be asked of the host now that it is recorded
   */
  record BatchResult(Tally tally, int held, List<TopUp> topUps) {}
}
