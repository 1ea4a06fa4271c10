package dev.codingplans.plugin.event;

import java.util.List;

/** The names of all events, also of those whose cause is not built yet: operators name them. */
public final class EventTypes {

  public static final List<String> ALL =
      List.of(
          "subscription.activated",
          "subscription.renewal_upcoming",
          "subscription.renewed",
          "subscription.past_due",
          "subscription.recovered",
          "subscription.cancel_scheduled",
          "subscription.resumed",
          "subscription.extended",
          "subscription.ended",
          "credential.unhealthy",
          "credential.recovered",
          "credential.revocation_pending",
          "credential.revoked",
          "credential.swapped",
          "stock.low",
          "stock.available",
          "quota.purchased",
          "quota.allocated",
          "tier.changed",
          "credit.added",
          "account.parked",
          "account.deleted");

  private EventTypes() {}
}
