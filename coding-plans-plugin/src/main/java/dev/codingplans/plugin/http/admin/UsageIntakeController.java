package dev.codingplans.plugin.http.admin;

import dev.codingplans.plugin.http.Page;
import dev.codingplans.plugin.http.audit.Audited;
import dev.codingplans.plugin.http.audit.Audited.Moment;
import dev.codingplans.plugin.usage.ChargingReport;
import dev.codingplans.plugin.usage.IntakeReport;
import dev.codingplans.plugin.usage.QuarantinedUsage;
import dev.codingplans.plugin.usage.UsageCharging;
import dev.codingplans.plugin.usage.UsageIntake;
import dev.codingplans.plugin.usage.UsageQuarantine;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/** Takes in what users have used. */
@Controller("/admin/api/usage")
@ExecuteOn(TaskExecutors.BLOCKING)
class UsageIntakeController {

  private final UsageIntake intake;
  private final UsageReader reader;
  private final UsageCharging charging;
  private final UsageQuarantine quarantine;

  UsageIntakeController(
      UsageIntake intake, UsageReader reader, UsageCharging charging, UsageQuarantine quarantine) {
    this.intake = intake;
    this.reader = reader;
    this.charging = charging;
    this.quarantine = quarantine;
  }

  /** Stores up to 10,000 records, all or none; they are charged within seconds. */
  @Audited(value = "usage.add", target = "usage")
  @Post
  @Status(HttpStatus.ACCEPTED)
  IntakeReport add(@Valid @Body UsageRequest request) {
    return intake.acceptAll(reader.read(request.records()));
  }

  /** Charges everything that was accepted, and answers when it is done. */
  @Audited(value = "usage.apply", target = "usage", written = Moment.BEFORE_IT_BEGINS)
  @Post("/apply")
  @Status(HttpStatus.OK)
  ChargingReport apply() {
    return charging.run();
  }

  /** Lists what is not charged because it cannot be right, the latest first. */
  @Get("/quarantine")
  Page<QuarantineView> quarantine(
      @Nullable @QueryValue String cursor,
      @QueryValue(defaultValue = "25") @Min(1) @Max(100) int limit) {
    var rows = quarantine.listBefore(Page.positionBefore(cursor), limit + 1);
    return Page.of(rows, limit, QuarantinedUsage::position, QuarantineView::of);
  }
}
