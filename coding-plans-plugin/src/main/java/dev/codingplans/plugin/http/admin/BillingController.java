package dev.codingplans.plugin.http.admin;

import dev.codingplans.plugin.billing.Sweep;
import dev.codingplans.plugin.billing.SweepReport;
import dev.codingplans.plugin.http.audit.Audited;
import dev.codingplans.plugin.http.audit.Audited.Moment;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** Runs what the scheduler runs by itself. */
@Controller("/admin/api/billing")
@ExecuteOn(TaskExecutors.BLOCKING)
class BillingController {

  private final Sweep sweep;

  BillingController(Sweep sweep) {
    this.sweep = sweep;
  }

  /** Handles everything that is due, and answers when it is done. */
  @Audited(value = "billing.sweep", target = "billing", written = Moment.BEFORE_IT_BEGINS)
  @Post("/sweep")
  @Status(HttpStatus.OK)
  SweepReport sweep() {
    return sweep.run();
  }
}
