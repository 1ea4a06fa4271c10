package dev.codingplans.plugin.http.pages.quota;

import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.http.Callers;
import dev.codingplans.plugin.http.Cursors;
import dev.codingplans.plugin.http.Page;
import dev.codingplans.plugin.http.pages.Pages;
import dev.codingplans.plugin.http.pages.Section;
import dev.codingplans.plugin.quota.Allocation;
import dev.codingplans.plugin.quota.Allocations;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestAttribute;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists all units that a user holds, where the panel shows the latest. */
@Controller(QuotaFormsController.PATH + "/units/{unit}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
class HeldUnitsController {

  private final Allocations allocations;
  private final Catalog catalog;
  private final Cursors cursors;
  private final Pages pages;

  HeldUnitsController(Allocations allocations, Catalog catalog, Cursors cursors, Pages pages) {
    this.allocations = allocations;
    this.catalog = catalog;
    this.cursors = cursors;
    this.pages = pages;
  }

  @Get
  HttpResponse<String> list(
      HttpRequest<?> request,
      @RequestAttribute(Callers.ATTRIBUTE) Caller caller,
      String unit,
      @Nullable @QueryValue String cursor) {
    var rows =
        allocations.heldBefore(
            caller.user(), unit, Page.positionBefore(cursor), HeldUnits.SHOWN + 1);
    var page = Page.of(rows, HeldUnits.SHOWN, Allocation::position, HeldUnit::of);
    var planName =
        rows.stream().findFirst().map(first -> catalog.nameOf(first.planId())).orElse("");
    var path = HeldUnits.pathOf(unit);
    var more =
        Optional.ofNullable(page.nextCursor())
            .map(position -> path + "?cursor=" + cursors.of(path, position));
    return pages.page(
        request,
        Section.SUBSCRIPTIONS,
        "quota.held",
        "quota/heldPage.jte",
        new HeldUnits(unit, planName, page.items(), more));
  }
}
