package dev.codingplans.plugin.http.pages.detail;

import static dev.codingplans.plugin.refusal.Refusal.Code.NOT_FOUND;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.http.Cursors;
import dev.codingplans.plugin.http.pages.PageSettings;
import dev.codingplans.plugin.refusal.Refusal;
import dev.codingplans.plugin.subscription.PaidTerm;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads what the pages of subscriptions show. */
@Singleton
class Details {

  /** Two years of monthly terms. */
  static final int TERMS = 24;

  private static final TypeReference<List<PaidTerm>> PAID_TERMS = new TypeReference<>() {};

  private final DetailRepository repository;
  private final Catalog catalog;
  private final PageSettings settings;
  private final Cursors cursors;
  private final ObjectMapper json;
  private final Duration slack;

  Details(
      DetailRepository repository,
      Catalog catalog,
      PageSettings settings,
      Cursors cursors,
      ObjectMapper json) {
    this.repository = repository;
    this.catalog = catalog;
    this.settings = settings;
    this.cursors = cursors;
    this.json = json;
    this.slack = settings.renewalSlack();
  }

  /** Returns the user's subscription with its latest terms; somebody else's is not found. */
  DetailPage get(UserId user, UUID id) {
    return get(user, id, Long.MAX_VALUE);
  }

  /** Returns it with the terms from before a position. */
  DetailPage get(UserId user, UUID id, long before) {
    var row =
        repository
            .find(id, user, before, TERMS + 1)
            .orElseThrow(() -> new Refusal(NOT_FOUND, "There is no such subscription of yours."));
    var plan = new PlanId(row.planId());
    return new DetailPage(
        row,
        Standing.of(row, slack),
        catalog.nameOf(plan),
        catalog.nameOf(new ProviderId(row.providerId())),
        catalog.findCredentialPlan(plan),
        settings.purchases(),
        history(row));
  }

  private History history(DetailRow row) {
    var terms = terms(row.terms());
    var shown = terms.subList(0, Math.min(TERMS, terms.size()));
    return new History(
        shown,
        terms.size() > TERMS
            ? Optional.of(nextOf(row.id(), shown.getLast().position()))
            : Optional.empty());
  }

  private String nextOf(UUID id, long position) {
    var path = DetailPage.FOLDER + id + "/terms";
    return path + "?cursor=" + cursors.of(path, Long.toString(position));
  }

  private List<PaidTerm> terms(String text) {
    try {
      return json.readValue(text, PAID_TERMS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the database makes well-formed JSON", e);
    }
  }
}
