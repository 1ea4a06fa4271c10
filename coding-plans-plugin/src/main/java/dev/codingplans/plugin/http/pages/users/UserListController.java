package dev.codingplans.plugin.http.pages.users;

import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.credit.ladder.Ladder;
import dev.codingplans.plugin.credit.ladder.LadderSettings;
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
import org.jspecify.annotations.Nullable;

/** The page on which an operator looks for users. */
@Controller("/admin/users")
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
class UserListController {

  private static final int LIMIT = 25;

  private final UserList list;
  private final Catalog catalog;
  private final Ladder ladder;
  private final Cursors cursors;
  private final Pages pages;

  UserListController(
      UserList list, Catalog catalog, LadderSettings settings, Cursors cursors, Pages pages) {
    this.list = list;
    this.catalog = catalog;
    this.ladder = settings.ladder();
    this.cursors = cursors;
    this.pages = pages;
  }

  /** Shows those whose ids contain the query, or more of them. */
  @Get
  HttpResponse<?> show(
      HttpRequest<?> request,
      @Nullable @QueryValue String query,
      @Nullable @QueryValue String cursor) {
    var part = query == null ? "" : query.strip();
    var found = list.find(part, Page.keyOf(cursor), LIMIT);
    var next =
        found
            .next()
            .map(key -> cursors.of(request.getPath(), key))
            .map(at -> UserLinks.more(Section.USERS, "query", part, at));
    var page =
        new UsersPage(
            part, found.users(), next, cursor == null, found.isCutShort(), ladder, catalog);
    return PagePaths.isPart(request)
        ? pages.part(request, "users/userRows.jte", page)
        : pages.page(request, Section.USERS, "users.title", "users/users.jte", page);
  }
}
