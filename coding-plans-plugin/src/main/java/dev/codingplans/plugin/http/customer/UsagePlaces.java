package dev.codingplans.plugin.http.customer;

import dev.codingplans.plugin.http.Page;
import dev.codingplans.plugin.refusal.Refusal;
import dev.codingplans.plugin.usage.StoredUsage;
import dev.codingplans.plugin.usage.UsageHistory.Place;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Places in the list of usage as cursors carry them: the time, and the position after a space. */
final class UsagePlaces {

  private UsagePlaces() {}

  static Place of(@Nullable String cursor) {
    return Page.keyOf(cursor).map(UsagePlaces::parse).orElse(Place.END);
  }

  static Page<UsageRecordView> page(List<StoredUsage> rows, int limit) {
    var shown = rows.subList(0, Math.min(limit, rows.size()));
    return new Page<>(
        shown.stream().map(UsageRecordView::of).toList(),
        rows.size() > limit ? text(shown.getLast().place()) : null);
  }

  private static String text(Place place) {
    return place.occurredAt() + " " + place.position();
  }

  private static Place parse(String text) {
    try {
      var parts = text.split(" ", 2);
      return new Place(Instant.parse(parts[0]), Long.parseLong(parts[parts.length - 1]));
    } catch (DateTimeException | NumberFormatException e) {
      throw Refusal.invalid("cursor", "it is not one that this list gave");
    }
  }
}
