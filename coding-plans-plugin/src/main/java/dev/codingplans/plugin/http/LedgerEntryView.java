package dev.codingplans.plugin.http;

import dev.codingplans.plugin.credit.LedgerEntry;
import java.time.Instant;
import java.util.UUID;

/** One movement of a balance, as it is shown. */
public record LedgerEntryView(
    UUID id,
    String kind,
    long amountMicrodollars,
    long balanceAfterMicrodollars,
    String description,
    Instant createdAt) {

  public static LedgerEntryView of(LedgerEntry entry) {
    return new LedgerEntryView(
        entry.id(),
        entry.kind(),
        entry.amountMicrodollars(),
        entry.balanceAfterMicrodollars(),
        entry.description(),
        entry.createdAt());
  }
}
