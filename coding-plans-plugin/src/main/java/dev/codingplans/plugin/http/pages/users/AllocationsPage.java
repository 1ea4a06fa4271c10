package dev.codingplans.plugin.http.pages.users;

import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.quota.Allocation;
import java.util.List;
import java.util.Optional;

/**
 * Units that were taken.
 *
 * @param userId whose; empty for everybody's
 * @param next the address of the next page
 * @param isFirst whether no page comes before
 */
record AllocationsPage(
    String userId,
    List<Allocation> allocations,
    Optional<String> next,
    boolean isFirst,
    Catalog catalog) {

  /** Returns where the list of users has the user of an allocation. */
  String userPath(Allocation allocation) {
    return UserLinks.found(allocation.userId().value());
  }
}
