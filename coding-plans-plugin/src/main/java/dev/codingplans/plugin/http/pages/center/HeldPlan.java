package dev.codingplans.plugin.http.pages.center;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.plugin.catalog.Catalog;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/**
 * A subscription that has not ended, as its owner sees it at a glance.
 *
 * @param missingMicrodollars what the balance lacks of the next charge, if there is one, when other
 *     plans that are due before it are paid
 * @param autoTopUp whether that is collected once by itself (G2)
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
    long missingMicrodollars,
    boolean autoTopUp) {

  static HeldPlan of(CenterRows.Live row, CenterRows rows, Duration slack, Catalog catalog) {
    var state = State.of(row, rows.now(), slack);
    return new HeldPlan(
        row.id(),
        catalog.nameOf(new PlanId(row.planId())),
        row.providerId(),
        catalog.nameOf(new ProviderId(row.providerId())),
        state,
        nextAt(row, state),
        row.priceMicrodollars(),
        row.periodDays(),
        missing(row, rows),
        rows.autoTopUp());
  }

  /** Credit helps neither a plan that ends nor an account that is parked. */
  private static long missing(CenterRows.Live row, CenterRows rows) {
    return row.cancelAtPeriodEnd() || rows.parked()
        ? 0
        : Math.max(0, row.priceMicrodollars() - rows.balanceFor(row));
  }

  private static Instant nextAt(CenterRows.Live row, State state) {
    var accessEnds = row.graceEndsAt() == null ? row.currentPeriodEnd() : row.graceEndsAt();
    return switch (state) {
      case RENEWING, DUE, OVERDUE -> row.renewalAt();
      case PAST_DUE, GRACE_OVER, ENDING -> accessEnds;
    };
  }

  /** Returns the key of the text that says what becomes of a charge the balance does not cover. */
  String missingKey() {
    return autoTopUp && state == State.RENEWING ? "center.missing.automatic" : key("missing");
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
    DUE("good"),
    /** Due for longer than an uncharged renewal gives access (E2). */
    OVERDUE("bad"),
    PAST_DUE("bad"),
    GRACE_OVER("bad"),
    ENDING("warn");

    private final String badge;

    State(String badge) {
      this.badge = badge;
    }

    private static State of(CenterRows.Live row, Instant now, Duration slack) {
      if (row.cancelAtPeriodEnd()) {
        return ENDING;
      }
      if (row.status().equals("past_due")) {
        var grace = row.graceEndsAt();
        return grace == null || grace.isAfter(now) ? PAST_DUE : GRACE_OVER;
      }
      if (row.renewalAt().isAfter(now)) {
        return RENEWING;
      }
      return row.renewalAt().plus(slack).isAfter(now) ? DUE : OVERDUE;
    }

    String badge() {
      return badge;
    }
  }
}
