package dev.codingplans.plugin.http.customer;

import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.http.Callers;
import dev.codingplans.plugin.http.Page;
import dev.codingplans.plugin.refusal.Refusal;
import dev.codingplans.plugin.statement.StatementEntry;
import dev.codingplans.plugin.statement.StatementFilter;
import dev.codingplans.plugin.statement.Statements;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestAttribute;
import io.micronaut.http.server.types.files.StreamedFile;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists what moved a user's balance, for pages and for spreadsheets. */
@Controller("/api/credits/entries")
@ExecuteOn(TaskExecutors.BLOCKING)
class EntriesController {

  private static final MediaType CSV = new MediaType("text/csv; charset=utf-8");
  private static final String CSV_FORMAT = "csv";
  private static final String JSON_FORMAT = "json";

  private final Statements statements;

  EntriesController(Statements statements) {
    this.statements = statements;
  }

  /**
   * Lists ledger entries, newest first: of a kind, from an instant on, before another. With {@code
   * format=csv}, or for whoever accepts {@code text/csv}, all of them as a file.
   */
  @ApiResponse(
      responseCode = "200",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = EntriesView.class)),
        @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
      })
  @Get(produces = {MediaType.APPLICATION_JSON, "text/csv"})
  HttpResponse<?> list(
      HttpRequest<?> request,
      @RequestAttribute(Callers.ATTRIBUTE) Caller caller,
      @Nullable @QueryValue String kind,
      @Nullable @QueryValue String from,
      @Nullable @QueryValue String to,
      @Nullable @QueryValue String format,
      @Nullable @QueryValue String cursor,
      @QueryValue(defaultValue = "25") @Min(1) @Max(100) int limit) {
    var filter = EntryFilters.of(kind, from, to);
    var before = Page.positionBefore(cursor);
    if (wantsCsv(request, format)) {
      return csv(caller.user(), filter, before);
    }
    var rows = statements.entriesBefore(caller.user(), filter, before, limit + 1);
    return HttpResponse.ok(Page.of(rows, limit, StatementEntry::position, EntryView::of))
        .contentType(MediaType.APPLICATION_JSON_TYPE);
  }

  private HttpResponse<?> csv(UserId user, StatementFilter filter, long before) {
    var file =
        new CsvStatement(
            before,
            position -> statements.entriesBefore(user, filter, position, CsvStatement.PAGE));
    return HttpResponse.ok(new StreamedFile(file, CSV).attach("credits.csv")).contentType(CSV);
  }

  private static boolean wantsCsv(HttpRequest<?> request, @Nullable String format) {
    if (format == null) {
      return request.accept().stream().anyMatch(type -> type.getName().equals(CSV.getName()));
    }
    return switch (format) {
      case CSV_FORMAT -> true;
      case JSON_FORMAT -> false;
      default -> throw Refusal.invalid("format", "it must be json or csv");
    };
  }

  /** A page of entries, for the description of the API. */
  record EntriesView(List<EntryView> items, Optional<String> nextCursor) {}
}
