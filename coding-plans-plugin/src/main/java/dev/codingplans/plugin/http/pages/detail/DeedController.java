package dev.codingplans.plugin.http.pages.detail;

import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.http.Callers;
import dev.codingplans.plugin.http.pages.Outcomes;
import dev.codingplans.plugin.http.pages.PagePaths;
import dev.codingplans.plugin.http.pages.Pages;
import dev.codingplans.plugin.http.pages.Section;
import dev.codingplans.plugin.subscription.Cancellation;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.RequestAttribute;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.util.UUID;

/** Cancels and resumes subscriptions, each after a question that says what comes of it (X1). */
@Controller(DetailPage.FOLDER + "{id}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
class DeedController {

  private final Details details;
  private final Cancellation cancellation;
  private final Pages pages;

  DeedController(Details details, Cancellation cancellation, Pages pages) {
    this.details = details;
    this.cancellation = cancellation;
    this.pages = pages;
  }

  @Get("/cancel")
  HttpResponse<?> askToCancel(
      HttpRequest<?> request, @RequestAttribute(Callers.ATTRIBUTE) Caller caller, UUID id) {
    return ask(request, details.get(caller.user(), id), Deed.CANCEL);
  }

  @Get("/resume")
  HttpResponse<?> askToResume(
      HttpRequest<?> request, @RequestAttribute(Callers.ATTRIBUTE) Caller caller, UUID id) {
    return ask(request, details.get(caller.user(), id), Deed.RESUME);
  }

  @Post("/cancel")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> cancel(@RequestAttribute(Callers.ATTRIBUTE) Caller caller, UUID id) {
    return Outcomes.of(
        DetailPage.FOLDER + id,
        () -> {
          cancellation.cancel(caller.user(), id);
          return standingOf(caller.user(), id).isLive() ? "cancel_scheduled" : "canceled_at_once";
        });
  }

  @Post("/resume")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> resume(@RequestAttribute(Callers.ATTRIBUTE) Caller caller, UUID id) {
    return Outcomes.of(
        DetailPage.FOLDER + id,
        () -> {
          var wasPastDue = standingOf(caller.user(), id).isPastDue();
          cancellation.resume(caller.user(), id);
          if (!wasPastDue) {
            return "resumed";
          }
          return details.get(caller.user(), id).resumedEvent();
        });
  }

  private Standing standingOf(UserId user, UUID id) {
    return details.get(user, id).standing();
  }

  private HttpResponse<?> ask(HttpRequest<?> request, DetailPage detail, Deed deed) {
    if (!deed.fits(detail.standing())) {
      return changedMeanwhile(request, detail.path() + "?error=invalid_state");
    }
    var page = new ConfirmPage(detail, deed);
    return PagePaths.isPart(request)
        ? pages.part(request, "detail/confirmDialog.jte", page)
        : pages.page(
            request,
            Section.SUBSCRIPTIONS,
            "detail." + deed.key() + ".title",
            "detail/confirmPage.jte",
            page);
  }

  /** A script would put a page that it is led to into the dialog. */
  private static HttpResponse<?> changedMeanwhile(HttpRequest<?> request, String page) {
    return PagePaths.isPart(request)
        ? HttpResponse.noContent().header("HX-Redirect", page)
        : HttpResponse.seeOther(URI.create(page));
  }
}
