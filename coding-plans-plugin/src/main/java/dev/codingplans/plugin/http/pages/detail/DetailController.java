package dev.codingplans.plugin.http.pages.detail;

import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.plugin.http.Callers;
import dev.codingplans.plugin.http.Page;
import dev.codingplans.plugin.http.pages.PagePaths;
import dev.codingplans.plugin.http.pages.Pages;
import dev.codingplans.plugin.http.pages.Section;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestAttribute;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Shows a subscription, and all that was paid for it. */
@Controller(DetailPage.FOLDER + "{id}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
class DetailController {

  private final Details details;
  private final Pages pages;

  DetailController(Details details, Pages pages) {
    this.details = details;
    this.pages = pages;
  }

  @Get
  HttpResponse<?> show(
      HttpRequest<?> request, @RequestAttribute(Callers.ATTRIBUTE) Caller caller, UUID id) {
    return pages.page(
        request,
        Section.SUBSCRIPTIONS,
        "detail.title",
        "detail/page.jte",
        details.get(caller.user(), id));
  }

  /** Shows earlier terms: more rows for a script, a page of its own for everybody else. */
  @Get("/terms")
  HttpResponse<?> terms(
      HttpRequest<?> request,
      @RequestAttribute(Callers.ATTRIBUTE) Caller caller,
      UUID id,
      @Nullable @QueryValue String cursor) {
    var page = details.get(caller.user(), id, Page.positionBefore(cursor));
    return PagePaths.isPart(request)
        ? pages.part(request, "detail/terms.jte", page.history())
        : pages.page(
            request, Section.SUBSCRIPTIONS, "detail.history", "detail/termsPage.jte", page);
  }
}
