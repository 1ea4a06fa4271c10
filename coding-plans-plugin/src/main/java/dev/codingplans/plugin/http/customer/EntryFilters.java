package dev.codingplans.plugin.http.customer;

import dev.codingplans.plugin.credit.EntryKind;
import dev.codingplans.plugin.refusal.Refusal;
import dev.codingplans.plugin.statement.StatementFilter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads which entries a client asks for. */
final class EntryFilters {

  private static final int DATE_LENGTH = "2026-01-31".length();
  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

  private EntryFilters() {}

  static StatementFilter of(@Nullable String kind, @Nullable String from, @Nullable String to) {
    return new StatementFilter(
        Optional.ofNullable(kind).map(EntryFilters::kind),
        Optional.ofNullable(from).map(text -> instant("from", text)),
        Optional.ofNullable(to).map(text -> instant("to", text)));
  }

  private static EntryKind kind(String text) {
    return Arrays.stream(EntryKind.values())
        .filter(kind -> kind.code().equals(text))
        .findFirst()
        .orElseThrow(() -> Refusal.invalid("kind", "it is none that an entry can have"));
  }

  /** A date is its first instant. */
  private static Instant instant(String field, String text) {
    try {
      var instant =
          text.length() == DATE_LENGTH
              ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
              : Instant.parse(text);
      if (!instant.isBefore(FIRST) && instant.isBefore(LAST)) {
        return instant;
      }
    } catch (DateTimeException e) {
      // Falls through: the refusal says what is wanted.
    }
    throw Refusal.invalid(field, "it must be an instant such as 2026-01-31T12:00:00Z, or a date");
  }
}
