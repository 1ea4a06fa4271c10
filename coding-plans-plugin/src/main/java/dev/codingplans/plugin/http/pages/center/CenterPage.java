package dev.codingplans.plugin.http.pages.center;

import dev.codingplans.plugin.http.pages.quota.QuotaPanel;
import java.util.List;

/**
 * The subscription center.
 *
 * @param purchases whether plans are offered to be bought (F1)
 * @param cards what is offered; empty if nothing is, or if purchases are not
 */
record CenterPage(
    Balance balance,
    List<HeldPlan> live,
    EndedPlans ended,
    boolean purchases,
    List<PlanCard> cards,
    QuotaPanel quota) {

  CenterPage {
    live = List.copyOf(live);
    cards = List.copyOf(cards);
  }
}
