package dev.codingplans.plugin.http.pages.spending;

import dev.codingplans.plugin.credit.EntryKind;
import dev.codingplans.plugin.statement.StatementEntry;
import io.micronaut.http.uri.UriBuilder;
import java.util.List;
import java.util.Optional;

/**
 * Some movements of a user's balance, newest first.
 *
 * @param next where there are more
 */
record EntriesPage(EntryChoice choice, List<StatementEntry> entries, Optional<String> next) {

  static final String PATH = "/usage/entries";

  /** A spreadsheet takes what a page could not show. */
  private static final String CSV_PATH = "/api/credits/entries";

  EntriesPage {
    entries = List.copyOf(entries);
  }

  List<EntryKind> kinds() {
    return List.of(EntryKind.values());
  }

  boolean isChosen(EntryKind kind) {
    return choice.kind().filter(kind::equals).isPresent();
  }

  /** Returns where all entries of the choice are, as a file. */
  String csv() {
    var uri = UriBuilder.of(CSV_PATH).queryParam("format", "csv");
    choice.kind().ifPresent(kind -> uri.queryParam("kind", kind.code()));
    choice.filter().from().ifPresent(from -> uri.queryParam("from", from));
    choice.filter().to().ifPresent(to -> uri.queryParam("to", to));
    return uri.build().toString();
  }
}
