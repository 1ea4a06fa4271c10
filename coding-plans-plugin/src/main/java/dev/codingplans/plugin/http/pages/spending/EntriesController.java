package dev.codingplans.plugin.http.pages.spending;

import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.plugin.http.Callers;
import dev.codingplans.plugin.http.Cursors;
import dev.codingplans.plugin.http.Page;
import dev.codingplans.plugin.http.pages.PagePaths;
import dev.codingplans.plugin.http.pages.Pages;
import dev.codingplans.plugin.http.pages.Section;
import dev.codingplans.plugin.http.pages.Zones;
import dev.codingplans.plugin.statement.StatementEntry;
import dev.codingplans.plugin.statement.Statements;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestAttribute;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows what moved a user's balance. */
@Controller(EntriesPage.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
class EntriesController {

  private static final int SHOWN = 25;

  private final Statements statements;
  private final Cursors cursors;
  private final Pages pages;

  EntriesController(Statements statements, Cursors cursors, Pages pages) {
    this.statements = statements;
    this.cursors = cursors;
    this.pages = pages;
  }

  /** Shows a page of entries; to a script only its rows. */
  @Get
  HttpResponse<?> show(
      HttpRequest<?> request,
      @RequestAttribute(Callers.ATTRIBUTE) Caller caller,
      @Nullable @QueryValue String kind,
      @Nullable @QueryValue String from,
      @Nullable @QueryValue String to,
      @Nullable @QueryValue String cursor) {
    var choice = EntryChoice.of(kind, from, to, Zones.of(request));
    var rows =
        statements.entriesBefore(
            caller.user(), choice.filter(), Page.positionBefore(cursor), SHOWN + 1);
    var page = page(choice, rows);
    return PagePaths.isPart(request)
        ? pages.part(request, "spending/entries.jte", page)
        : pages.page(request, Section.USAGE, "spending.entries", "spending/entriesPage.jte", page);
  }

  private EntriesPage page(EntryChoice choice, List<StatementEntry> rows) {
    var shown = rows.subList(0, Math.min(SHOWN, rows.size()));
    return new EntriesPage(
        choice,
        shown,
        rows.size() > SHOWN
            ? Optional.of(choice.after(cursorAt(shown.getLast())))
            : Optional.empty());
  }

  private String cursorAt(StatementEntry entry) {
    return cursors.of(EntriesPage.PATH, Long.toString(entry.position()));
  }
}
