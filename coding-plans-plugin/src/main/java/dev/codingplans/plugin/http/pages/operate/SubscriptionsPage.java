package dev.codingplans.plugin.http.pages.operate;

import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.catalog.Plan;
import dev.codingplans.plugin.catalog.Provider;
import java.util.List;
import java.util.Optional;

/**
 * Everybody's subscriptions, or those that the operator looks for.
 *
 * @param next the address of the next rows, if there are any
 * @param providers what can be chosen from
 */
record SubscriptionsPage(
    SubscriptionFilter filter,
    List<SubscriptionRow> rows,
    Optional<String> next,
    List<Provider> providers,
    List<Plan.Credential> plans) {

  /** In the order of a subscription's life. */
  private static final List<String> STATUSES = List.of("active", "ending", "past_due", "canceled");

  static SubscriptionsPage of(
      SubscriptionFilter filter,
      List<SubscriptionRow> rows,
      Optional<String> next,
      Catalog catalog) {
    return new SubscriptionsPage(
        filter, rows, next, catalog.providerList(), catalog.credentialPlans().toList());
  }

  List<String> statuses() {
    return STATUSES;
  }

  /** Returns the address of all that the row's user has had. */
  String ofUser(SubscriptionRow row) {
    return SubscriptionFilter.ofUser(row.user()).list();
  }

  /** Returns the address at which an operator confirms what is to be done to a subscription. */
  String confirm(SubscriptionRow row, Deed deed) {
    return filter.addressOf(deed.pathOf(row.id()));
  }
}
