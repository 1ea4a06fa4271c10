package dev.codingplans.plugin.http.customer;

import dev.codingplans.plugin.usage.StoredUsage;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * Something that was used, as its user sees it.
 *
 * @param appliesTo its category
 * @param multiplier what the list cost was multiplied with, as a decimal text
 * @param uncollectedMicrodollars what of the charge the balance did not cover
 */
record UsageRecordView(
    String eventId,
    String appliesTo,
    String kind,
    BigDecimal amount,
    long listCostMicrodollars,
    String multiplier,
    long chargeMicrodollars,
    long uncollectedMicrodollars,
    boolean estimated,
    Instant occurredAt,
    Instant chargedAt) {

  static UsageRecordView of(StoredUsage usage) {
    return new UsageRecordView(
        usage.eventId(),
        usage.category(),
        usage.kind(),
        usage.amount(),
        usage.listCostMicrodollars(),
        usage.multiplier().toPlainString(),
        usage.chargeMicrodollars(),
        usage.uncollectedMicrodollars(),
        usage.estimated(),
        usage.occurredAt(),
        usage.chargedAt());
  }
}
