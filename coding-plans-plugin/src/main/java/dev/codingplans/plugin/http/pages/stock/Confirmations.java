package dev.codingplans.plugin.http.pages.stock;

import static dev.codingplans.plugin.refusal.Refusal.Code.NOT_FOUND;

import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.http.pages.PagePaths;
import dev.codingplans.plugin.http.pages.Pages;
import dev.codingplans.plugin.http.pages.Section;
import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Asks before something is done about a credential: in a dialog, or on a page of its own. */
@Singleton
class Confirmations {

  private final ConsoleReads reads;
  private final Catalog catalog;
  private final Pages pages;

  Confirmations(ConsoleReads reads, Catalog catalog, Pages pages) {
    this.reads = reads;
    this.catalog = catalog;
    this.pages = pages;
  }

  HttpResponse<?> ask(
      HttpRequest<?> request, Deed.Place place, UUID id, String code, String query, String back) {
    var deed = Deed.find(place, code).orElseThrow(Confirmations::nothing);
    var credential = reads.findCredential(id).orElseThrow(Confirmations::nothing);
    var question = Confirmation.of(deed, credential, catalog, query, back);
    return PagePaths.isPart(request)
        ? pages.part(request, "stock/confirmDialog.jte", question)
        : pages.page(
            request, Section.CODING_PLANS, deed.key("title"), "stock/confirm.jte", question);
  }

  private static Refusal nothing() {
    return new Refusal(NOT_FOUND, "There is no such credential.");
  }
}
