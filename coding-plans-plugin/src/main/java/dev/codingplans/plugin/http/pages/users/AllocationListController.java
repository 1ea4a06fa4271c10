package dev.codingplans.plugin.http.pages.users;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.http.Cursors;
import dev.codingplans.plugin.http.Page;
import dev.codingplans.plugin.http.pages.PagePaths;
import dev.codingplans.plugin.http.pages.Pages;
import dev.codingplans.plugin.http.pages.Section;
import dev.codingplans.plugin.quota.Allocation;
import dev.codingplans.plugin.quota.Allocations;
import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The page on which an operator sees which units were taken, and what each costs for the books. */
@Controller("/admin/allocations")
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
class AllocationListController {

  private static final int LIMIT = 25;

  private final Allocations allocations;
  private final Catalog catalog;
  private final Cursors cursors;
  private final Pages pages;

  AllocationListController(Allocations allocations, Catalog catalog, Cursors cursors, Pages pages) {
    this.allocations = allocations;
    this.catalog = catalog;
    this.cursors = cursors;
    this.pages = pages;
  }

  /** Shows all that were ever taken, by one user or by all, newest first. */
  @Get
  HttpResponse<?> show(
      HttpRequest<?> request,
      @Nullable @QueryValue String userId,
      @Nullable @QueryValue String cursor) {
    var user = userId == null ? "" : userId.strip();
    var rows = allocations.allBefore(owner(user), Page.positionBefore(cursor), LIMIT + 1);
    var shown = Page.of(rows, LIMIT, Allocation::position, Function.identity());
    var next =
        Optional.ofNullable(shown.nextCursor())
            .map(position -> cursors.of(request.getPath(), position))
            .map(at -> UserLinks.more(Section.ALLOCATIONS, "userId", user, at));
    var page = new AllocationsPage(user, shown.items(), next, cursor == null, catalog);
    return PagePaths.isPart(request)
        ? pages.part(request, "users/allocationRows.jte", page)
        : pages.page(
            request, Section.ALLOCATIONS, "allocations.title", "users/allocations.jte", page);
  }

  private static Optional<UserId> owner(String user) {
    if (user.isEmpty()) {
      return Optional.empty();
    }
    if (!UserId.isWellFormed(user)) {
      throw Refusal.invalid("userId", "it must be 1 to 128 printable characters");
    }
    return Optional.of(new UserId(user));
  }
}
