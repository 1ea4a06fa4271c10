package dev.codingplans.plugin.http.pages.operate;

import static dev.codingplans.plugin.refusal.Refusal.Code.UNAVAILABLE;
import static io.micronaut.http.MediaType.APPLICATION_FORM_URLENCODED;

import dev.codingplans.plugin.admin.Reconciliation;
import dev.codingplans.plugin.billing.BillingSettings;
import dev.codingplans.plugin.billing.Sweep;
import dev.codingplans.plugin.http.audit.Audited;
import dev.codingplans.plugin.http.audit.Audited.Moment;
import dev.codingplans.plugin.http.pages.Outcomes;
import dev.codingplans.plugin.http.pages.PagePaths;
import dev.codingplans.plugin.http.pages.Pages;
import dev.codingplans.plugin.http.pages.Section;
import dev.codingplans.plugin.refusal.Refusal;
import dev.codingplans.plugin.vault.Keyset;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;

/** Shows what an operator looks at in the morning, and runs what runs by itself. */
@Controller(OperationController.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
class OperationController {

  static final String PATH = "/admin/coding-plans/operation";

  private final OperationRepository operations;
  private final BillingSettings billing;
  private final Keyset keyset;
  private final Sweep sweep;
  private final Reconciliation reconciliation;
  private final Pages pages;

  OperationController(
      OperationRepository operations,
      BillingSettings billing,
      Keyset keyset,
      Sweep sweep,
      Reconciliation reconciliation,
      Pages pages) {
    this.operations = operations;
    this.billing = billing;
    this.keyset = keyset;
    this.sweep = sweep;
    this.reconciliation = reconciliation;
    this.pages = pages;
  }

  @Get
  HttpResponse<?> show(HttpRequest<?> request) {
    var lights =
        new Lights(operations.read(), billing.sweepInterval(), keyset.primaryKeyId().unsigned());
    var page = OperationPage.of(lights);
    return PagePaths.isPart(request)
        ? pages.part(request, "operate/operationPart.jte", page)
        : pages.page(
            request,
            Section.CODING_PLANS,
            "operate.operation.title",
            "operate/operation.jte",
            page);
  }

  /** Looks at all invariants now, and tells which rows break them: their names are kept nowhere. */
  @Get("/violations")
  HttpResponse<?> violations(HttpRequest<?> request) {
    return pages.page(
        request,
        Section.CODING_PLANS,
        "operate.violations.title",
        "operate/violations.jte",
        reconciliation
            .lookUnlessElsewhere()
            .orElseThrow(
                () ->
                    new Refusal(
                        UNAVAILABLE, "The books are just being looked at. Reload in a moment.")));
  }

  @Audited(value = "billing.sweep", target = "billing", written = Moment.BEFORE_IT_BEGINS)
  @Post("/sweep")
  @Consumes(APPLICATION_FORM_URLENCODED)
  HttpResponse<?> sweep(HttpRequest<?> request) {
    return Outcomes.audited(
        request, PATH, () -> sweep.run().errors() == 0 ? "swept" : "swept_with_errors");
  }

  @Audited(
      value = "reconciliation.run",
      target = "reconciliation",
      written = Moment.BEFORE_IT_BEGINS)
  @Post("/reconciliation")
  @Consumes(APPLICATION_FORM_URLENCODED)
  HttpResponse<?> reconcile(HttpRequest<?> request) {
    return Outcomes.audited(
        request,
        PATH,
        () -> reconciliation.run().ok() ? "reconciled" : "reconciled_with_violations");
  }
}
