package dev.codingplans.plugin.http.pages.keys;

import java.util.List;

/** The keys of all providers, in the order of the catalog. */
record ProviderKeysPage(List<ProviderCard> cards) {}
