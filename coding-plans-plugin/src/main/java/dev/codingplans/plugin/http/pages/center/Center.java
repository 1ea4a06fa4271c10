package dev.codingplans.plugin.http.pages.center;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.catalog.SalesState;
import dev.codingplans.plugin.credit.ladder.Ladder;
import dev.codingplans.plugin.credit.ladder.LadderSettings;
import dev.codingplans.plugin.http.Cursors;
import dev.codingplans.plugin.http.Page;
import dev.codingplans.plugin.http.pages.PageSettings;
import dev.codingplans.plugin.http.pages.Section;
import dev.codingplans.plugin.http.pages.quota.QuotaPanel;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts together what the subscription center shows, of one read and the catalog. */
@Singleton
class Center {

  private final CenterRepository repository;
  private final Catalog catalog;
  private final Ladder ladder;
  private final Cursors cursors;
  private final boolean purchases;
  private final Duration slack;

  Center(
      CenterRepository repository,
      Catalog catalog,
      LadderSettings ladder,
      Cursors cursors,
      PageSettings settings) {
    this.repository = repository;
    this.catalog = catalog;
    this.ladder = ladder.ladder();
    this.cursors = cursors;
    this.purchases = settings.purchases();
    this.slack = settings.renewalSlack();
  }

  CenterPage of(UserId user, boolean includeEnded, @Nullable String cursor) {
    var rows = repository.read(user, includeEnded, Page.positionBefore(cursor));
    var states = states(rows);
    var live = rows.live().stream().map(row -> HeldPlan.of(row, rows, slack, catalog)).toList();
    return new CenterPage(
        Balance.of(rows, ladder),
        rows.parked(),
        live,
        ended(rows, includeEnded),
        purchases,
        purchases ? cards(rows, states, live) : List.of(),
        QuotaPanel.of(
            catalog,
            states,
            rows.allowances(),
            rows.balanceMicrodollars(),
            rows.parked(),
            purchases));
  }

  private List<PlanCard> cards(
      CenterRows rows, Map<PlanId, SalesState> states, List<HeldPlan> live) {
    return catalog
        .credentialPlans()
        .filter(plan -> stateOf(plan.id(), states) != SalesState.CLOSED)
        .map(
            plan ->
                PlanCard.of(
                    plan,
                    rows,
                    stateOf(plan.id(), states),
                    live.stream()
                        .filter(held -> held.providerId().equals(plan.providerId().value()))
                        .findFirst()))
        .toList();
  }

  private EndedPlans ended(CenterRows rows, boolean includeEnded) {
    var page =
        Page.of(
            rows.ended(),
            CenterRepository.ENDED_SHOWN,
            CenterRows.Ended::position,
            row -> EndedPlan.of(row, catalog));
    return new EndedPlans(
        rows.hasEnded(),
        includeEnded,
        page.items(),
        Optional.ofNullable(page.nextCursor())
            .map(position -> cursors.of(Section.SUBSCRIPTIONS.path(), position)));
  }

  private static SalesState stateOf(PlanId plan, Map<PlanId, SalesState> states) {
    return states.getOrDefault(plan, SalesState.OPEN);
  }

  private static Map<PlanId, SalesState> states(CenterRows rows) {
    return rows.salesStates().entrySet().stream()
        .collect(
            toUnmodifiableMap(
                said -> new PlanId(said.getKey()),
                said -> SalesState.valueOf(said.getValue().toUpperCase(Locale.ROOT))));
  }
}
