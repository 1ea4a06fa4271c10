package dev.codingplans.plugin.http.admin;

import dev.codingplans.plugin.http.audit.Audited;
import dev.codingplans.plugin.http.audit.Audited.Moment;
import dev.codingplans.plugin.refusal.Refusal;
import dev.codingplans.plugin.time.TestClock;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Shows and moves product time, where the operator allowed it. */
@Controller("/admin/api/test-clock")
@ExecuteOn(TaskExecutors.BLOCKING)
class TestClockController {

  private final TestClock clock;

  TestClockController(TestClock clock) {
    this.clock = clock;
  }

  @Get
  TimeView now() {
    return new TimeView(clock.now());
  }

  @Audited(value = "test_clock.advance", target = "test_clock", written = Moment.BEFORE_IT_BEGINS)
  @Post
  @Status(HttpStatus.OK)
  TimeView advance(@Valid @Body AdvanceRequest request) {
    return new TimeView(clock.advance(request.duration()));
  }

  /** How far to move, an ISO-8601 duration. */
  @Introspected
  record AdvanceRequest(@NotNull String advance) {

    Duration duration() {
      try {
        return Duration.parse(advance);
      } catch (DateTimeParseException e) {
        throw Refusal.invalid("advance", "it must be an ISO-8601 duration, for example P30D");
      }
    }
  }

  /** Product time. */
  record TimeView(Instant now) {}
}
