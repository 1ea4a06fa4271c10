package dev.codingplans.plugin.billing;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.billing.Decision.End;
import dev.codingplans.plugin.billing.Decision.Renew;
import dev.codingplans.plugin.billing.Decision.StartGrace;
import dev.codingplans.plugin.credit.HeldAccounts;
import dev.codingplans.plugin.credit.LockedAccount;
import dev.codingplans.plugin.credit.ManyAccounts;
import dev.codingplans.plugin.time.TimeSource;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

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

  BillingBatch(
      ManyAccounts accounts,
      DueSubscriptions subscriptions,
      TimeSource time,
      BillingSettings settings,
      Outcomes outcomes) {
    this.accounts = accounts;
    this.subscriptions = subscriptions;
    this.time = time;
    this.rules = new BillingRules(settings.grace());
    this.outcomes = outcomes;
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
    return result(decisions, users.size() - locked.size());
  }

  private static List<UUID> ids(Due due, List<UserId> locked) {
    return locked.isEmpty() ? List.of() : List.of(due.id());
  }

  private static BatchResult result(List<Decision> decisions, int held) {
    var tally = new Tally();
    for (var decision : decisions) {
      switch (decision) {
        case Renew renew -> tally.countRenewal(renew.subscription().isPastDue());
        case StartGrace grace -> tally.countGrace();
        case End end -> tally.countEnd(end.reason());
        case Decision.Wait wait -> {}
      }
    }
    return new BatchResult(tally, held);
  }

  /**
   * What a batch did.
   *
   * @param held how many accounts were left out because others held them
   */
  record BatchResult(Tally tally, int held) {}
}
