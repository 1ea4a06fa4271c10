package dev.codingplans.plugin.http.pages.detail;

import dev.codingplans.plugin.catalog.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the page of a subscription shows.
 *
 * @param offer the plan as the catalog has it now; empty if it is no longer sold (C5)
 * @param purchases whether plans may be offered (F1)
 */
record DetailPage(
    DetailRow row,
    Standing standing,
    String planName,
    String providerName,
    Optional<Plan.Credential> offer,
    boolean purchases,
    History history) {

  static final String FOLDER = "/subscriptions/coding-plans/";

  /** Returns the address of the page. */
  String path() {
    return FOLDER + row.id();
  }

  /** Returns when access ends, or has ended, unless something is charged before. */
  Instant accessEndsAt() {
    var ended = row.canceledAt();
    var grace = row.graceEndsAt();
    if (ended != null) {
      return ended;
    }
    return grace == null ? row.currentPeriodEnd() : grace;
  }

  /** Tells whether what its standing means holds; a parked account is charged nothing. */
  boolean isAsUsual() {
    return !(row.parked() && standing.awaitsCharge());
  }

  /** Returns the key of what an ended subscription may be followed by. */
  String after() {
    if (offer.isEmpty()) {
      return "detail.next.not_offered";
    }
    return row.ownKey() ? "detail.next.delete_key" : "detail.next." + reason();
  }

  /** Returns the name of the event that a renewal still being open after resuming is. */
  String resumedEvent() {
    if (!standing.isPastDue()) {
      return "resumed_renewed";
    }
    if (row.parked()) {
      return "resumed_on_hold";
    }
    return shortfall() == 0 || row.autoTopUp() ? "resumed_renewing" : "resumed_past_due";
  }

  /** Returns what the catalog asks of new subscribers, if that is another price. */
  Optional<Long> newPrice() {
    return offer.map(Plan::priceMicrodollars).filter(price -> price != row.priceMicrodollars());
  }

  List<String> features() {
    return offer.map(Plan::features).orElse(List.of());
  }

  /** Returns what the balance lacks to pay the next period. */
  long shortfall() {
    return Math.max(0, -balanceAfter());
  }

  /** Returns the last part of the key that says what to do about it. */
  String advice() {
    if (standing.isPastDue()) {
      return "past_due";
    }
    return row.autoTopUp() ? "automatic" : "by_hand";
  }

  /** Returns the balance after the next charge and those of other plans that are due before. */
  long balanceAfter() {
    return row.balanceMicrodollars() - row.dueEarlierMicrodollars() - row.priceMicrodollars();
  }

  /** Tells whether a user who takes the cancellation back is charged at that moment (X1). */
  boolean renewsOnResume() {
    return standing.isPastDue() && shortfall() == 0 && !row.parked();
  }

  /** Returns the last part of the key that says why it ended. */
  String reason() {
    return Optional.ofNullable(row.cancellationReason()).orElse("");
  }

  /** Returns the last part of the key that says how the key is set up. */
  String keyState() {
    if (row.keyInstalled()) {
      return "installed";
    }
    return row.ownKey() ? "replaced" : "missing";
  }
}
