package dev.codingplans.plugin.http.pages.center;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.plugin.catalog.Catalog;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/**
 * A subscription that has not ended, as its owner sees it at a glance.
 *
 * @param missingMicrodollars what the balance lacks of the next charge, if there is one
 */
record HeldPlan(
    UUID id,
    String name,
    String providerId,
    String providerName,
    State state,
    Instant nextAt,
    long priceMicrodollars,
    int periodDays,
    long missingMicrodollars) {

  static HeldPlan of(CenterRows.Live row, long balance, Catalog catalog) {
    var state = State.of(row);
    return new HeldPlan(
        row.id(),
        catalog.nameOf(new PlanId(row.planId())),
        row.providerId(),
        catalog.nameOf(new ProviderId(row.providerId())),
        state,
        nextAt(row, state),
        row.priceMicrodollars(),
        row.periodDays(),
        state == State.ENDING ? 0 : Math.max(0, row.priceMicrodollars() - balance));
  }

  private static Instant nextAt(CenterRows.Live row, State state) {
    var accessEnds = row.graceEndsAt() == null ? row.currentPeriodEnd() : row.graceEndsAt();
    return switch (state) {
      case RENEWING -> row.renewalAt();
      case PAST_DUE, ENDING -> accessEnds;
    };
  }

  boolean isEnding() {
    return state == State.ENDING;
  }

  /** Returns the key of a text that depends on what happens next. */
  String key(String part) {
    return "center." + part + "." + state.name().toLowerCase(Locale.ROOT);
  }

  /** What happens next; each has a text, and a text for its date. */
  enum State {
    RENEWING("good"),
    PAST_DUE("bad"),
    ENDING("warn");

    private final String badge;

    State(String badge) {
      this.badge = badge;
    }

    private static State of(CenterRows.Live row) {
      if (row.cancelAtPeriodEnd()) {
        return ENDING;
      }
      return row.status().equals("past_due") ? PAST_DUE : RENEWING;
    }

    String badge() {
      return badge;
    }
  }
}
