package dev.codingplans.plugin.http.pages.operate;

import java.util.Optional;
import java.util.UUID;

/**
 * What an operator is about to do to a subscription.
 *
 * @param filter the list that it goes back to
 * @param key of this dialog: however often it is sent, it is done once
 */
record Confirmation(Deed deed, SubscriptionRow subscription, SubscriptionFilter filter, UUID key) {

  static Confirmation of(Deed deed, SubscriptionRow subscription, SubscriptionFilter filter) {
    return new Confirmation(deed, subscription, filter, UUID.randomUUID());
  }

  /** Returns what the operator sees and the deed goes by, if it does: it may change meanwhile. */
  Optional<String> seen() {
    return switch (deed) {
      case EXTEND -> Optional.of(subscription.accessEndsAt().toString());
      case SWAP -> subscription.credential().map(UUID::toString);
      case CANCEL, TERMINATE -> Optional.empty();
    };
  }

  String action() {
    return filter.addressOf(deed.pathOf(subscription.id()));
  }

  boolean isPossible() {
    return deed.isPossibleFor(subscription);
  }
}
