package dev.codingplans.plugin.http.admin;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.gateway.spi.usage.UsageRecord;
import dev.codingplans.plugin.credit.ladder.Ladder;
import dev.codingplans.plugin.credit.ladder.LadderSettings;
import dev.codingplans.plugin.http.admin.UsageRequest.Item;
import dev.codingplans.plugin.refusal.Refusal;
import dev.codingplans.plugin.refusal.Refusal.Violation;
import jakarta.inject.Singleton;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads records as they are sent; if one of them is malformed, none is taken. */
@Singleton
class UsageReader {

  private static final int MAX_VIOLATIONS = 100;

  private final Ladder ladder;

  UsageReader(LadderSettings settings) {
    this.ladder = settings.ladder();
  }

  List<UsageRecord> read(List<Item> items) {
    var records = new ArrayList<UsageRecord>(items.size());
    var violations = new ArrayList<Violation>();
    for (int i = 0; i < items.size() && violations.size() < MAX_VIOLATIONS; i++) {
      read(items.get(i), "records[" + i + "].", violations).ifPresent(records::add);
    }
    if (!violations.isEmpty()) {
      throw Refusal.invalid(violations);
    }
    return records;
  }

  private Optional<UsageRecord> read(Item item, String path, List<Violation> violations) {
    var before = violations.size();
    var category = item.appliesTo() == null ? Ladder.DEFAULT_CATEGORY : item.appliesTo();
    if (!UserId.isWellFormed(item.userId())) {
      violations.add(new Violation(path + "userId", "it is no user id"));
    }
    if (!ladder.knows(category)) {
      violations.add(new Violation(path + "appliesTo", "there is no such category"));
    }
    var occurredAt = instant(item.occurredAt());
    if (occurredAt.isEmpty()) {
      violations.add(new Violation(path + "occurredAt", "it must be an instant of ISO 8601"));
    }
    return violations.size() > before
        ? Optional.empty()
        : Optional.of(
            new UsageRecord(
                item.eventId(),
                new UserId(item.userId()),
                category,
                item.kind().kind(),
                item.amount(),
                item.listCostMicrodollars(),
                occurredAt.orElseThrow(),
                false));
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
