package dev.codingplans.plugin.http.pages.operate;

import dev.codingplans.plugin.audit.AuditLog;
import dev.codingplans.plugin.audit.StoredAuditEntry;
import dev.codingplans.plugin.http.Cursors;
import dev.codingplans.plugin.http.Page;
import dev.codingplans.plugin.http.pages.PagePaths;
import dev.codingplans.plugin.http.pages.Pages;
import dev.codingplans.plugin.http.pages.Section;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows what admins did, and what they tried in vain. */
@Controller(AuditSearch.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
class AuditController {

  private static final int MOST = 25;

  private final AuditLog log;
  private final AuditedActions actions;
  private final Cursors cursors;
  private final Pages pages;

  AuditController(AuditLog log, AuditedActions actions, Cursors cursors, Pages pages) {
    this.log = log;
    this.actions = actions;
    this.cursors = cursors;
    this.pages = pages;
  }

  /** The whole page; to a script the list only, or the rows that follow. */
  @Get
  HttpResponse<?> list(HttpRequest<?> request, @Nullable @QueryValue String cursor) {
    var page = page(AuditSearch.of(request.getParameters()), cursor);
    if (PagePaths.isPart(request)) {
      var template = cursor == null ? "auditPart" : "auditRows";
      return pages.part(request, "operate/" + template + ".jte", page);
    }
    return pages.page(
        request, Section.CODING_PLANS, "operate.audit.title", "operate/audit.jte", page);
  }

  private AuditPage page(AuditSearch search, @Nullable String cursor) {
    var position = Page.positionBefore(cursor);
    var rows =
        search.filter().map(filter -> log.before(filter, position, MOST + 1)).orElse(List.of());
    var page = Page.of(rows, MOST, StoredAuditEntry::id, AuditRow::of);
    var next =
        Optional.ofNullable(page.nextCursor())
            .map(last -> search.from(cursors.of(AuditSearch.PATH, last)));
    return new AuditPage(search, actions.names(), page.items(), next);
  }
}
