package dev.codingplans.plugin.http.pages.stock;

import static dev.codingplans.plugin.refusal.Refusal.Code.INVALID_STATE;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.refusal.Refusal;

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

  /** Asks, unless somebody else has changed the credential meanwhile. */
  static Confirmation of(
      Deed deed, CredentialFacts credential, Catalog catalog, String query, String back) {
    if (!deed.isFor(credential.status())) {
      throw new Refusal(
          INVALID_STATE, "Somebody changed this credential meanwhile. Reload the page to see how.");
    }
    return new Confirmation(
        deed,
        credential,
        catalog.nameOf(new ProviderId(credential.providerId())),
        catalog.nameOf(new PlanId(credential.planId())),
        query,
        back);
  }

  /** Returns where its form goes to. */
  String action() {
    return deed.path(credential.id()) + query;
  }
}
