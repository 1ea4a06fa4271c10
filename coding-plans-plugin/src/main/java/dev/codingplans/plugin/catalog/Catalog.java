package dev.codingplans.plugin.catalog;

import dev.codingplans.gateway.spi.catalog.PlanCatalog;
import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.PlanOffer;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.catalog.ProviderOffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All that is sold, in the order in which it is shown. It never changes while the plugin runs. */
public record Catalog(List<Provider> providerList, List<Plan> planList) implements PlanCatalog {

  /** An empty catalog, for when there is none to read. */
  static final Catalog EMPTY = new Catalog(List.of(), List.of());

  public Optional<Plan> find(PlanId id) {
    return planList.stream().filter(plan -> plan.id().equals(id)).findFirst();
  }

  /** Returns the credential plan of that id; a quota plan is none. */
  public Optional<Plan.Credential> findCredentialPlan(PlanId id) {
    return find(id)
        .flatMap(
            plan ->
                switch (plan) {
                  case Plan.Credential credential -> Optional.of(credential);
                  case Plan.Quota quota -> Optional.empty();
                });
  }

  /** Returns the quota plan of that id; a credential plan is none. */
  public Optional<Plan.Quota> findQuotaPlan(PlanId id) {
    return find(id)
        .flatMap(
            plan ->
                switch (plan) {
                  case Plan.Credential credential -> Optional.empty();
                  case Plan.Quota quota -> Optional.of(quota);
                });
  }

  public Stream<Plan.Credential> credentialPlans() {
    return planList.stream()
        .filter(Plan.Credential.class::isInstance)
        .map(Plan.Credential.class::cast);
  }

  public Optional<Provider> findProvider(ProviderId id) {
    return providerList.stream().filter(provider -> provider.id().equals(id)).findFirst();
  }

  /** Returns the plan's name, or its id if it is no longer sold (C5). */
  public String nameOf(PlanId id) {
    return find(id).map(Plan::name).orElse(id.value());
  }

  /** Returns the provider's name, or its id if it is no longer known (C5). */
  public String nameOf(ProviderId id) {
    return findProvider(id).map(Provider::name).orElse(id.value());
  }

  @Override
  public List<ProviderOffer> providers() {
    return providerList.stream()
        .map(provider -> new ProviderOffer(provider.id(), provider.name(), provider.models()))
        .toList();
  }

  @Override
  public List<PlanOffer> plans() {
    return planList.stream().map(Plan::offer).toList();
  }
}
