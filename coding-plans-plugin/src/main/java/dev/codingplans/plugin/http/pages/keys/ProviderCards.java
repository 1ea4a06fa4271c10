package dev.codingplans.plugin.http.pages.keys;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.catalog.Provider;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What users hold of the providers. */
@Singleton
class ProviderCards {

  private final Catalog catalog;
  private final HeldRepository repository;

  ProviderCards(Catalog catalog, HeldRepository repository) {
    this.catalog = catalog;
    this.repository = repository;
  }

  /** Returns all providers that the gateway knows, then those that only the user's rows do. */
  List<ProviderCard> of(UserId user) {
    var held = repository.heldBy(user).stream().collect(toMap(HeldRow::providerId, identity()));
    var known = catalog.providerList().stream().map(Provider::id);
    return Stream.concat(known, held.keySet().stream().sorted(ProviderCards::byName))
        .distinct()
        .map(id -> ProviderCard.of(id, catalog, Optional.ofNullable(held.get(id))))
        .toList();
  }

  private static int byName(ProviderId one, ProviderId other) {
    return one.value().compareTo(other.value());
  }
}
