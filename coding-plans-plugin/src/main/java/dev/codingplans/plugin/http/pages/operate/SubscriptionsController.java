package dev.codingplans.plugin.http.pages.operate;

import dev.codingplans.plugin.catalog.Catalog;
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
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Shows everybody's subscriptions, and asks before anything is done to them. */
@Controller(SubscriptionFilter.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
class SubscriptionsController {

  private static final int MOST = 25;

  private final SubscriptionRepository subscriptions;
  private final Catalog catalog;
  private final Cursors cursors;
  private final Pages pages;

  SubscriptionsController(
      SubscriptionRepository subscriptions, Catalog catalog, Cursors cursors, Pages pages) {
    this.subscriptions = subscriptions;
    this.catalog = catalog;
    this.cursors = cursors;
    this.pages = pages;
  }

  /** The whole page; to a script the list only, or the rows that follow. */
  @Get
  HttpResponse<?> list(HttpRequest<?> request, @Nullable @QueryValue String cursor) {
    var page = page(SubscriptionFilter.of(request.getParameters()), cursor);
    if (PagePaths.isPart(request)) {
      var template = cursor == null ? "subscriptionsPart" : "subscriptionRows";
      return pages.part(request, "operate/" + template + ".jte", page);
    }
    return pages.page(
        request,
        Section.CODING_PLANS,
        "operate.subscriptions.title",
        "operate/subscriptions.jte",
        page);
  }

  /** Asks whether it is meant; without a script on a page of its own. */
  @Get("/{id}/{deed}")
  HttpResponse<?> confirm(HttpRequest<?> request, UUID id, String deed) {
    var page =
        Confirmation.of(
            Deed.parse(deed),
            subscriptions.get(id),
            SubscriptionFilter.of(request.getParameters()));
    return PagePaths.isPart(request)
        ? pages.part(request, "operate/confirmDialog.jte", page)
        : pages.page(
            request,
            Section.CODING_PLANS,
            page.deed().key("title"),
            "operate/confirmPage.jte",
            page);
  }

  private SubscriptionsPage page(SubscriptionFilter filter, @Nullable String cursor) {
    var rows = subscriptions.listBefore(filter, Page.positionBefore(cursor), MOST + 1);
    var page = Page.of(rows, MOST, SubscriptionRow::position, row -> row);
    var next =
        Optional.ofNullable(page.nextCursor())
            .map(position -> filter.listFrom(cursors.of(SubscriptionFilter.PATH, position)));
    return SubscriptionsPage.of(filter, page.items(), next, catalog);
  }
}
