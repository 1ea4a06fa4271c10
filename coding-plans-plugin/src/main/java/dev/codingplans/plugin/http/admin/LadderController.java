package dev.codingplans.plugin.http.admin;

import dev.codingplans.plugin.http.audit.Audited;
import dev.codingplans.plugin.http.audit.Audited.Moment;
import dev.codingplans.plugin.usage.LadderTick;
import dev.codingplans.plugin.usage.LadderTick.TickReport;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** Runs what happens by itself once a day. */
@Controller("/admin/api/discount-ladder")
@ExecuteOn(TaskExecutors.BLOCKING)
class LadderController {

  private final LadderTick tick;

  LadderController(LadderTick tick) {
    this.tick = tick;
  }

  /** Tells whose step of the ladder has changed, and answers when it is done. */
  @Audited(value = "ladder.tick", target = "ladder", written = Moment.BEFORE_IT_BEGINS)
  @Post("/tick")
  @Status(HttpStatus.OK)
  TickReport tick() {
    return tick.run();
  }
}
