package dev.codingplans.plugin.http.pages.center;

import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.plugin.credit.Credits;
import dev.codingplans.plugin.http.Callers;
import dev.codingplans.plugin.http.pages.Form;
import dev.codingplans.plugin.http.pages.Outcomes;
import dev.codingplans.plugin.http.pages.Pages;
import dev.codingplans.plugin.http.pages.Section;
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

/** The subscription center, where customers start. */
@Controller(CenterController.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
class CenterController {

  static final String PATH = "/subscriptions";

  private final Center center;
  private final Credits credits;
  private final Pages pages;

  CenterController(Center center, Credits credits, Pages pages) {
    this.center = center;
    this.credits = credits;
    this.pages = pages;
  }

  @Get
  HttpResponse<String> show(
      HttpRequest<?> request,
      @RequestAttribute(Callers.ATTRIBUTE) Caller caller,
      @QueryValue(defaultValue = "false") boolean includeEnded,
      @Nullable @QueryValue String cursor) {
    return pages.page(
        request,
        Section.SUBSCRIPTIONS,
        "center.title",
        "center/page.jte",
        center.of(caller.user(), includeEnded, cursor));
  }

  /** Lets credit be collected when a renewal lacks it, or forbids that (G2). */
  @Post("/auto-top-up")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> setAutoTopUp(
      @RequestAttribute(Callers.ATTRIBUTE) Caller caller,
      @RequestAttribute(Form.ATTRIBUTE) Form form) {
    return Outcomes.of(
        PATH,
        () -> {
          var enabled = form.isOn("enabled");
          credits.setAutoTopUp(caller.user(), enabled);
          return enabled ? "auto_top_up_on" : "auto_top_up_off";
        });
  }
}
