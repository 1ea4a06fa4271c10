package dev.codingplans.plugin.http.pages.keys;

import static java.util.Objects.requireNonNull;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.http.pages.Marks;
import dev.codingplans.plugin.http.pages.keys.HeldKey.Managed;
import dev.codingplans.plugin.http.pages.keys.HeldKey.None;
import dev.codingplans.plugin.http.pages.keys.HeldKey.Own;
import java.util.Optional;
import java.util.UUID;

/**
 * A provider, and what its viewer holds of it.
 *
 * @param isKnown whether the gateway still knows the provider, so that the key can be changed
 * @param plan the live subscription
 */
record ProviderCard(
    ProviderId id, String name, boolean isKnown, HeldKey key, Optional<LivePlan> plan) {

  static ProviderCard of(ProviderId id, Catalog catalog, Optional<HeldRow> held) {
    return new ProviderCard(
        id,
        catalog.nameOf(id),
        catalog.findProvider(id).isPresent(),
        held.map(ProviderCard::key).orElseGet(None::new),
        held.flatMap(row -> plan(row, catalog)));
  }

  /** Returns the letter that stands for the provider. */
  String mark() {
    return Marks.of(name);
  }

  /** Returns the own key, if that is what there is. */
  Optional<Own> own() {
    return switch (key) {
      case Own own -> Optional.of(own);
      case None none -> Optional.empty();
      case Managed managed -> Optional.empty();
    };
  }

  private static HeldKey key(HeldRow row) {
    if (row.source() == null) {
      return new None();
    }
    return row.source().equals("own")
        ? new Own(
            Boolean.TRUE.equals(row.enabled()),
            requireNonNull(row.lastFour()),
            requireNonNull(row.createdAt()),
            requireNonNull(row.updatedAt()))
        : new Managed(requireNonNull(row.createdAt()));
  }

  private static Optional<LivePlan> plan(HeldRow row, Catalog catalog) {
    return Optional.ofNullable(row.subscriptionId())
        .map(id -> new LivePlan(id, catalog.nameOf(requireNonNull(row.planId()))));
  }

  /** A live subscription and what its plan is called. */
  record LivePlan(UUID subscription, String name) {

    String path() {
      return "/subscriptions/coding-plans/" + subscription;
    }
  }
}
