package dev.codingplans.plugin.http.pages.center;

import static java.util.Comparator.comparingLong;

import dev.codingplans.plugin.http.pages.quota.QuotaPanel;
import java.util.List;
import java.util.Optional;

/**
 * The subscription center.
 *
 * @param parked whether nothing is charged until the operator has checked the balance
 * @param purchases whether plans are offered to be bought (F1)
 * @param cards what is offered; empty if nothing is, or if purchases are not
 */
record CenterPage(
    Balance balance,
    boolean parked,
    List<HeldPlan> live,
    EndedPlans ended,
    boolean purchases,
    List<PlanCard> cards,
    QuotaPanel quota) {

  CenterPage {
    live = List.copyOf(live);
    cards = List.copyOf(cards);
  }

  /** Returns the plan that lacks the least credit, if credit is all that any plan lacks. */
  Optional<PlanCard> nearest() {
    var buyable = cards.stream().filter(card -> card.block().isEmpty()).toList();
    return buyable.stream().allMatch(card -> card.missingMicrodollars() > 0)
        ? buyable.stream().min(comparingLong(PlanCard::missingMicrodollars))
        : Optional.empty();
  }
}
