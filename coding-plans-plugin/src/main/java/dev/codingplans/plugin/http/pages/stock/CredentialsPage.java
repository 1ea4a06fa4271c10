package dev.codingplans.plugin.http.pages.stock;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.credential.CredentialStatus;
import dev.codingplans.plugin.credential.StoredCredential;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A page of credentials, never with a key.
 *
 * @param older where the next page is
 */
record CredentialsPage(
    CredentialFilter filter, List<StoredCredential> rows, Optional<String> older, Catalog catalog) {

  /** Returns the names of the plans that can be chosen, by id; also of one that is gone. */
  Map<String, String> plans() {
    var plans = new TreeMap<String, String>();
    catalog.credentialPlans().forEach(plan -> plans.put(plan.id().value(), plan.fullName()));
    filter.plan().map(PlanId::value).ifPresent(id -> plans.putIfAbsent(id, id));
    return plans;
  }

  List<CredentialStatus> statuses() {
    return List.of(CredentialStatus.values());
  }

  String planName(StoredCredential row) {
    return catalog.nameOf(row.planId());
  }

  String providerName(StoredCredential row) {
    return catalog.nameOf(row.providerId());
  }

  List<Deed> deeds(StoredCredential row) {
    return List.of(Deed.APPROVE, Deed.WITHDRAW).stream()
        .filter(deed -> deed.isFor(row.status()))
        .toList();
  }

  /** Returns where a deed is asked for; it leads back to the same list. */
  String path(Deed deed, StoredCredential row) {
    return deed.path(row.id()) + filter.query();
  }
}
