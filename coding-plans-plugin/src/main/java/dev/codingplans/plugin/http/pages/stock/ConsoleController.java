package dev.codingplans.plugin.http.pages.stock;

import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.catalog.SalesState;
import dev.codingplans.plugin.catalog.SalesStates;
import dev.codingplans.plugin.http.Cursors;
import dev.codingplans.plugin.http.Page;
import dev.codingplans.plugin.http.PathIds;
import dev.codingplans.plugin.http.audit.Audited;
import dev.codingplans.plugin.http.pages.Form;
import dev.codingplans.plugin.http.pages.Outcomes;
import dev.codingplans.plugin.http.pages.PagePaths;
import dev.codingplans.plugin.http.pages.Pages;
import dev.codingplans.plugin.http.pages.Section;
import dev.codingplans.plugin.refusal.Refusal;
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
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The operator's console: what there is, what is sold, and what is to be ended. */
@Controller(ConsoleController.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
class ConsoleController {

  static final String PATH = "/admin/coding-plans";

  private static final int QUEUE_PAGE = 25;

  private final ConsoleReads reads;
  private final Catalog catalog;
  private final SalesStates salesStates;
  private final Cursors cursors;
  private final Pages pages;

  ConsoleController(
      ConsoleReads reads, Catalog catalog, SalesStates salesStates, Cursors cursors, Pages pages) {
    this.reads = reads;
    this.catalog = catalog;
    this.salesStates = salesStates;
    this.cursors = cursors;
    this.pages = pages;
  }

  /** Shows the console; a script asks for another part of the queue, or for its next rows. */
  @Get
  HttpResponse<?> console(
      HttpRequest<?> request,
      @Nullable @QueryValue String status,
      @Nullable @QueryValue String cursor) {
    var filter = QueueFilter.parse(status);
    var facts = reads.stock(filter.status(), Page.positionBefore(cursor), QUEUE_PAGE + 1);
    var queue = queue(filter, facts, cursor == null);
    if (PagePaths.isPart(request)) {
      var part = cursor == null ? "stock/queue.jte" : "stock/queueRows.jte";
      return pages.part(request, part, queue);
    }
    var page =
        new ConsolePage(
            new StockTable(catalog, facts).byProvider(),
            catalog.planList().stream().map(plan -> PlanSale.of(plan, facts)).toList(),
            UploadForm.of(catalog, UploadChoices.of(request)),
            queue);
    return pages.page(request, Section.CODING_PLANS, "nav.coding_plans", "stock/page.jte", page);
  }

  @Audited(value = "plan.sales_state", target = "plan:{planId}")
  @Post("/plans/{planId}/sales-state")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> setSalesState(
      HttpRequest<?> request, String planId, @RequestAttribute(Form.ATTRIBUTE) Form form) {
    return Outcomes.audited(
        request,
        PATH,
        () -> {
          salesStates.set(PathIds.plan(planId), state(form.text("state")));
          return "sales_state_set";
        });
  }

  private Queue queue(QueueFilter filter, StockFacts facts, boolean isFirst) {
    var page = Page.of(facts.revocations(), QUEUE_PAGE, RevocationRow::position, row -> row);
    var older =
        Optional.ofNullable(page.nextCursor())
            .map(last -> filter.pathAfter(cursors.of(PATH, last)));
    return new Queue(filter, page.items(), older, isFirst, catalog);
  }

  private static SalesState state(String code) {
    return Stream.of(SalesState.values())
        .filter(state -> PlanSale.code(state).equals(code))
        .findFirst()
        .orElseThrow(() -> Refusal.invalid("state", "it must be open, paused or closed"));
  }
}
