package dev.codingplans.plugin.http.pages.operate;

import static dev.codingplans.plugin.refusal.Refusal.Code.NOT_FOUND;

import dev.codingplans.plugin.refusal.Refusal;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

/** What an operator can do to a live subscription. */
enum Deed {
  EXTEND,
  SWAP,
  CANCEL,
  TERMINATE;

  static Deed parse(String code) {
    return Stream.of(values())
        .filter(deed -> deed.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new Refusal(NOT_FOUND, "There is nothing at this address."));
  }

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns where it is confirmed, and then sent to. */
  String pathOf(UUID subscription) {
    return SubscriptionFilter.PATH + "/" + subscription + "/" + code();
  }

  /** Returns the key of one of its texts. */
  String key(String text) {
    return "operate.deed." + code() + "." + text;
  }

  boolean isPossibleFor(SubscriptionRow subscription) {
    return this == CANCEL ? subscription.canBeCanceled() : subscription.isLive();
  }

  /** Tells whether somebody loses something by it. */
  boolean isDestructive() {
    return this == CANCEL || this == TERMINATE;
  }
}
