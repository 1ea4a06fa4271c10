package dev.codingplans.plugin.http.pages.stock;

import dev.codingplans.plugin.catalog.Plan;
import dev.codingplans.plugin.catalog.SalesState;
import java.util.List;
import java.util.Locale;

/** Whether a plan is sold. */
record PlanSale(Plan plan, SalesState state) {

  static PlanSale of(Plan plan, StockFacts facts) {
    var stored = facts.salesStates().getOrDefault(plan.id().value(), code(SalesState.OPEN));
    return new PlanSale(plan, SalesState.valueOf(stored.toUpperCase(Locale.ROOT)));
  }

  List<SalesState> choices() {
    return List.of(SalesState.values());
  }

  static String code(SalesState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /** Returns the key of a state's name. */
  static String key(SalesState state) {
    return "stock.sales." + code(state);
  }
}
