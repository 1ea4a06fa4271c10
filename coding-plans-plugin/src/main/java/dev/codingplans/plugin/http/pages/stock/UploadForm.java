package dev.codingplans.plugin.http.pages.stock;

import static java.util.stream.Collectors.groupingBy;

import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.catalog.Plan;
import dev.codingplans.plugin.catalog.Provider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The form of an upload. What was typed into it comes back after a refusal, but for the keys.
 *
 * @param plans of all providers, by provider
 */
record UploadForm(Map<Provider, List<Plan.Credential>> plans, UploadChoices choices) {

  static UploadForm of(Catalog catalog, UploadChoices choices) {
    return new UploadForm(
        catalog
            .credentialPlans()
            .collect(
                groupingBy(Plan.Credential::provider, LinkedHashMap::new, Collectors.toList())),
        choices);
  }

  /** Returns the form with the plans of the chosen provider only. */
  UploadForm ofChosenProvider() {
    return new UploadForm(
        plans.entrySet().stream()
            .filter(entry -> isChosen(entry.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
        choices);
  }

  boolean isChosen(Provider provider) {
    return provider.id().value().equals(choices.provider());
  }

  boolean isChosen(Plan.Credential plan) {
    return Optional.of(plan.id().value()).equals(choices.plan());
  }
}
