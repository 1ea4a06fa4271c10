package dev.codingplans.plugin.http.pages.spending;

import dev.codingplans.plugin.credit.EntryKind;
import dev.codingplans.plugin.refusal.Refusal;
import dev.codingplans.plugin.statement.StatementFilter;
import io.micronaut.http.uri.UriBuilder;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which entries a viewer wants to see.
 *
 * @param first the first day
 * @param last the last day, which is included
 * @param zone whose days they are
 */
record EntryChoice(
    Optional<EntryKind> kind, Optional<LocalDate> first, Optional<LocalDate> last, ZoneId zone) {

  /** Reads what a form sends: a field that is not filled in is there, and empty. */
  static EntryChoice of(
      @Nullable String kind, @Nullable String first, @Nullable String last, ZoneId zone) {
    return new EntryChoice(
        filled(kind).map(EntryChoice::kind),
        filled(first).map(text -> day("from", text)),
        filled(last).map(text -> day("to", text)),
        zone);
  }

  boolean isEmpty() {
    return kind.isEmpty() && first.isEmpty() && last.isEmpty();
  }

  StatementFilter filter() {
    return new StatementFilter(
        kind,
        first.map(day -> day.atStartOfDay(zone).toInstant()),
        last.map(day -> day.plusDays(1).atStartOfDay(zone).toInstant()));
  }

  /** Returns the address of what follows the cursor's entry. */
  String after(String cursor) {
    var uri = UriBuilder.of(EntriesPage.PATH);
    kind.ifPresent(chosen -> uri.queryParam("kind", chosen.code()));
    first.ifPresent(day -> uri.queryParam("from", day));
    last.ifPresent(day -> uri.queryParam("to", day));
    return uri.queryParam("cursor", cursor).build().toString();
  }

  /** Returns a day as a form's field holds it. */
  static String field(Optional<LocalDate> day) {
    return day.map(LocalDate::toString).orElse("");
  }

  private static Optional<String> filled(@Nullable String text) {
    return Optional.ofNullable(text).filter(given -> !given.isBlank());
  }

  private static EntryKind kind(String text) {
    return Arrays.stream(EntryKind.values())
        .filter(kind -> kind.code().equals(text))
        .findFirst()
        .orElseThrow(() -> Refusal.invalid("kind", "it is none that an entry can have"));
  }

  private static LocalDate day(String field, String text) {
    try {
      var day = LocalDate.parse(text);
      if (day.getYear() >= 1970 && day.getYear() < 9_999) {
        return day;
      }
    } catch (DateTimeException e) {
      // Falls through: it is no day.
    }
    throw Refusal.invalid(field, "it must be a day such as 2026-01-31");
  }
}
