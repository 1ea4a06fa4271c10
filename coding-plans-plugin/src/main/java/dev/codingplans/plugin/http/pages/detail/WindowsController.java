package dev.codingplans.plugin.http.pages.detail;

import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.http.Callers;
import dev.codingplans.plugin.http.pages.PagePaths;
import dev.codingplans.plugin.http.pages.Pages;
import dev.codingplans.plugin.http.pages.Section;
import dev.codingplans.plugin.http.problem.ProblemStatus;
import dev.codingplans.plugin.refusal.Refusal;
import dev.codingplans.plugin.window.QuotaWindows;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.RequestAttribute;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.Set;
import java.util.UUID;

/**
 * Shows what a provider leaves to a subscription. Apart from the subscription's page, which thereby
 * neither waits for a provider nor fails with it (U3).
 */
@Controller(DetailPage.FOLDER + "{id}/windows")
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
class WindowsController {

  /** What the provider, or the way to it, is the reason of; and a subscription that ended. */
  private static final Set<Refusal.Code> TOLD =
      Set.of(
          Refusal.Code.SUBSCRIPTION_INACTIVE,
          Refusal.Code.PROVIDER_REJECTED_KEY,
          Refusal.Code.UPSTREAM_TIMEOUT,
          Refusal.Code.UPSTREAM_UNAVAILABLE,
          Refusal.Code.INVALID_STATE);

  private final QuotaWindows windows;
  private final Pages pages;

  WindowsController(QuotaWindows windows, Pages pages) {
    this.windows = windows;
    this.pages = pages;
  }

  @Get
  HttpResponse<?> show(
      HttpRequest<?> request, @RequestAttribute(Callers.ATTRIBUTE) Caller caller, UUID id) {
    var page = read(caller.user(), id);
    return PagePaths.isPart(request)
        ? pages.part(request, "detail/windows.jte", page)
        : pages.page(
            request, Section.SUBSCRIPTIONS, "detail.windows", "detail/windowsPage.jte", page);
  }

  private WindowsPage read(UserId user, UUID id) {
    try {
      return WindowsPage.of(id, windows.read(user, id));
    } catch (Refusal refusal) {
      if (!TOLD.contains(refusal.code())) {
        throw refusal;
      }
      return WindowsPage.failed(id, ProblemStatus.textOf(refusal.code()));
    }
  }
}
