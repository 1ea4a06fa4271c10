package dev.codingplans.plugin.http.pages.quota;

import dev.codingplans.plugin.catalog.Plan;
import java.util.UUID;

/**
 * A quota plan that can be bought, or not right now.
 *
 * @param missingMicrodollars what the balance lacks of its price
 * @param key makes a purchase by this form happen once
 */
record QuotaOffer(Plan.Quota plan, boolean isPaused, long missingMicrodollars, UUID key) {

  static QuotaOffer of(Plan.Quota plan, boolean isPaused, long balance) {
    return new QuotaOffer(
        plan, isPaused, Math.max(0, plan.priceMicrodollars() - balance), UUID.randomUUID());
  }
}
