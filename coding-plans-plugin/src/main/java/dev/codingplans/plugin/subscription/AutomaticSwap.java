package dev.codingplans.plugin.subscription;

import dev.codingplans.plugin.credit.Accounts;
import dev.codingplans.plugin.subscription.AutomaticSwapRows.Broken;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;

/** The one transaction that replaces a credential that works no more, as an operator would. */
@Singleton
class AutomaticSwap {

  private final Accounts accounts;
  private final AutomaticSwapRows rows;
  private final SubscriptionRepository subscriptions;
  private final CredentialExchange exchange;

  AutomaticSwap(
      Accounts accounts,
      AutomaticSwapRows rows,
      SubscriptionRepository subscriptions,
      CredentialExchange exchange) {
    this.accounts = accounts;
    this.rows = rows;
    this.subscriptions = subscriptions;
    this.exchange = exchange;
  }

  /** Swaps, if under the locks it is still so; once for each credential, because it goes. */
  @Transactional
  public boolean swap(Broken broken) {
    if (!accounts.lockIfPresent(broken.owner())) {
      return false;
    }
    var subscription =
        subscriptions
            .find(broken.subscription(), broken.owner())
            .filter(Subscription::isLive)
            .filter(live -> exchange.lock(live).equals(broken.credential()));
    if (subscription.isEmpty() || !rows.begin(broken)) {
      return false;
    }
    exchange.exchange(subscription.get(), broken.credential(), true);
    return true;
  }
}
