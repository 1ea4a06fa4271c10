package dev.codingplans.plugin.http.customer;

import dev.codingplans.plugin.statement.StatementEntry;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One movement of a balance and what caused it, as its user sees it. */
record EntryView(
    UUID id,
    String kind,
    long amountMicrodollars,
    long balanceAfterMicrodollars,
    String description,
    Instant createdAt,
    @Nullable UUID subscriptionId,
    @Nullable UUID allowanceId,
    @Nullable String paymentId,
    @Nullable String topUpId,
    @Nullable String usageEventId) {

  static EntryView of(StatementEntry entry) {
    return new EntryView(
        entry.id(),
        entry.kind(),
        entry.amountMicrodollars(),
        entry.balanceAfterMicrodollars(),
        entry.description(),
        entry.createdAt(),
        entry.subscriptionId(),
        entry.allowanceId(),
        entry.paymentId(),
        entry.topUpId(),
        entry.usageEventId());
  }
}
