package dev.codingplans.plugin.http.pages.stock;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.plugin.catalog.Catalog;

/**
 * The question whether something is really to be done about a credential.
 *
 * @param query what the list shows that the question was asked on; empty or with its question mark
 * @param back the address of that list
 */
record Confirmation(
    Deed deed,
    CredentialFacts credential,
    String providerName,
    String planName,
    String query,
    String back) {

  static Confirmation of(
      Deed deed, CredentialFacts credential, Catalog catalog, String query, String back) {
    return new Confirmation(
        deed,
        credential,
        catalog.nameOf(new ProviderId(credential.providerId())),
        catalog.nameOf(new PlanId(credential.planId())),
        query,
        back);
  }

  /** Tells whether nobody has changed the credential meanwhile, so that it can still be done. */
  boolean isPossible() {
    return deed.isFor(credential.status());
  }

  /** Returns where its form goes to. */
  String action() {
    return deed.path(credential.id()) + query;
  }
}
