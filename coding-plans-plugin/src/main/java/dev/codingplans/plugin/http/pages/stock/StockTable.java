package dev.codingplans.plugin.http.pages.stock;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.catalog.Plan;
import dev.codingplans.plugin.credential.CredentialStatus;
import dev.codingplans.plugin.credential.StockCount;
import dev.codingplans.plugin.credential.StockedPlan;
import dev.codingplans.plugin.credential.level.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The stock by provider and plan: what is sold first, in the catalog's order, then what is left of
 * plans that are gone (C5).
 */
record StockTable(Catalog catalog, StockFacts facts) {

  List<ProviderStock> byProvider() {
    var counts = facts.counts().stream().collect(groupingBy(StockTable::stocked));
    var sold = catalog.credentialPlans().map(plan -> StockedPlan.of(plan.id(), plan.providerId()));
    return Stream.concat(sold, facts.counts().stream().map(StockTable::stocked))
        .distinct()
        .collect(groupingBy(StockedPlan::providerId, LinkedHashMap::new, toList()))
        .entrySet()
        .stream()
        .map(
            provider ->
                new ProviderStock(
                    catalog.nameOf(new ProviderId(provider.getKey())),
                    provider.getValue().stream()
                        .map(plan -> plan(plan, counts.getOrDefault(plan, List.of())))
                        .toList()))
        .toList();
  }

  private PlanStock plan(StockedPlan stocked, List<StockCount> counted) {
    var counts = byStatus(counted);
    var known = catalog.findCredentialPlan(new PlanId(stocked.planId()));
    var sold = known.filter(plan -> plan.providerId().value().equals(stocked.providerId()));
    return new PlanStock(
        stocked.planId(),
        catalog.nameOf(new PlanId(stocked.planId())),
        counts,
        sold.map(
            plan -> Level.of(counts.getOrDefault(CredentialStatus.AVAILABLE, 0L), plan.lowStock())),
        sold.map(Plan.Credential::lowStock).orElse(0),
        // Nobody waits for what is left of the provider before.
        sold.isPresent() || known.isEmpty() ? waiting(stocked) : 0);
  }

  private long waiting(StockedPlan stocked) {
    return facts.waiting().getOrDefault(stocked.planId(), 0L);
  }

  private static Map<CredentialStatus, Long> byStatus(List<StockCount> counted) {
    return counted.stream()
        .collect(
            toMap(
                count -> CredentialStatus.parse(count.status()).orElseThrow(), StockCount::count));
  }

  private static StockedPlan stocked(StockCount count) {
    return new StockedPlan(count.providerId(), count.planId());
  }
}
