package dev.codingplans.plugin.http.pages.quota;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.catalog.Plan;
import dev.codingplans.plugin.catalog.SalesState;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The part of a page that shows a user's quota plans, a kind of unit after the other.
 *
 * @param parked whether nothing can be bought until the operator has checked the balance
 */
public record QuotaPanel(List<UnitPanel> units, boolean parked) {

  public QuotaPanel {
    units = List.copyOf(units);
  }

  public boolean isEmpty() {
    return units.isEmpty();
  }

  /**
   * Makes the panel.
   *
   * @param purchases whether plans are offered (F1)
   */
  public static QuotaPanel of(
      Catalog catalog,
      Map<PlanId, SalesState> states,
      List<RunningAllowance> running,
      long balance,
      boolean parked,
      boolean purchases) {
    var sold =
        purchases
            ? quotaPlans(catalog).filter(plan -> stateOf(plan, states) != SalesState.CLOSED)
            : Stream.<Plan.Quota>empty();
    var offers = sold.map(plan -> offer(plan, states, balance)).toList();
    var units =
        Stream.concat(
            offers.stream().map(offer -> offer.plan().unit()),
            running.stream().map(RunningAllowance::unit));
    return new QuotaPanel(
        units.distinct().map(unit -> panel(unit, catalog, running, offers)).toList(), parked);
  }

  private static UnitPanel panel(
      String unit, Catalog catalog, List<RunningAllowance> running, List<QuotaOffer> offers) {
    var runs = running.stream().filter(allowance -> allowance.unit().equals(unit)).findFirst();
    var planName = runs.map(allowance -> catalog.nameOf(new PlanId(allowance.planId()))).orElse("");
    return new UnitPanel(
        unit,
        runs,
        planName,
        runs.map(allowance -> HeldUnits.latestOf(allowance, planName)),
        runs.isPresent()
            ? List.of()
            : offers.stream().filter(offer -> offer.plan().unit().equals(unit)).toList(),
        UUID.randomUUID());
  }

  private static QuotaOffer offer(Plan.Quota plan, Map<PlanId, SalesState> states, long balance) {
    return QuotaOffer.of(plan, stateOf(plan, states) == SalesState.PAUSED, balance);
  }

  private static SalesState stateOf(Plan plan, Map<PlanId, SalesState> states) {
    return states.getOrDefault(plan.id(), SalesState.OPEN);
  }

  private static Stream<Plan.Quota> quotaPlans(Catalog catalog) {
    return catalog.planList().stream().flatMap(plan -> catalog.findQuotaPlan(plan.id()).stream());
  }
}
