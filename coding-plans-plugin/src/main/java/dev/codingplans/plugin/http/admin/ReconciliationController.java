package dev.codingplans.plugin.http.admin;

import dev.codingplans.plugin.admin.Reconciliation;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** Proves that the books are right. */
@Controller("/admin/api/reconciliation")
@ExecuteOn(TaskExecutors.BLOCKING)
class ReconciliationController {

  private final Reconciliation reconciliation;

  ReconciliationController(Reconciliation reconciliation) {
    this.reconciliation = reconciliation;
  }

  /** Checks every invariant; an account whose money does not add up is parked. */
  @Get
  Reconciliation.Report run() {
    return reconciliation.run();
  }
}
