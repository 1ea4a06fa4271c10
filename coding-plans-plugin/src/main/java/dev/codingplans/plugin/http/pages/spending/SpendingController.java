package dev.codingplans.plugin.http.pages.spending;

import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.plugin.account.Preferences;
import dev.codingplans.plugin.http.Callers;
import dev.codingplans.plugin.http.pages.Form;
import dev.codingplans.plugin.http.pages.Outcomes;
import dev.codingplans.plugin.http.pages.Pages;
import dev.codingplans.plugin.http.pages.Section;
import dev.codingplans.plugin.http.pages.Zones;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestAttribute;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import org.jspecify.annotations.Nullable;

/** Shows what was used, and sets what is done where no plan serves. */
@Controller("/usage")
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
class SpendingController {

  private static final MediaType CSV = new MediaType("text/csv; charset=utf-8");

  private final Spending spending;
  private final Preferences preferences;
  private final Pages pages;

  SpendingController(Spending spending, Preferences preferences, Pages pages) {
    this.spending = spending;
    this.preferences = preferences;
    this.pages = pages;
  }

  @Get
  HttpResponse<?> show(
      HttpRequest<?> request,
      @RequestAttribute(Callers.ATTRIBUTE) Caller caller,
      @Nullable @QueryValue Integer days) {
    return pages.page(
        request,
        Section.USAGE,
        "spending.title",
        "spending/page.jte",
        spending.of(caller.user(), Span.of(days), Zones.of(request)));
  }

  /** Returns the page's figures as a file. */
  @Get("/days.csv")
  HttpResponse<String> csv(
      HttpRequest<?> request,
      @RequestAttribute(Callers.ATTRIBUTE) Caller caller,
      @Nullable @QueryValue Integer days) {
    var page = spending.of(caller.user(), Span.of(days), Zones.of(request));
    return HttpResponse.ok(DaysCsv.of(page.usage().days()))
        .contentType(CSV)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"usage.csv\"");
  }

  /** Lets credits pay where a plan is used up or has ended, or forbids that (E3). */
  @Post("/preference")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> prefer(
      @RequestAttribute(Callers.ATTRIBUTE) Caller caller,
      @RequestAttribute(Form.ATTRIBUTE) Form form) {
    var wanted = form.isOn("pay_from_credits");
    return Outcomes.of(
        "/usage",
        () -> {
          preferences.setPaysFromCredits(caller.user(), wanted);
          return wanted ? "credits_pay" : "credits_do_not_pay";
        });
  }
}
