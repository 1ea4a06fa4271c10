package dev.codingplans.plugin.http.pages.stock;

import java.util.List;

/** What there is of one provider. */
record ProviderStock(String providerName, List<PlanStock> plans) {}
