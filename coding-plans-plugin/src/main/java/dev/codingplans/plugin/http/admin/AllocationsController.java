package dev.codingplans.plugin.http.admin;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.http.Page;
import dev.codingplans.plugin.quota.Allocation;
import dev.codingplans.plugin.quota.Allocations;
import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Shows an operator which units were taken, by whom, and what each costs for the books. */
@Controller("/admin/api/allocations")
@ExecuteOn(TaskExecutors.BLOCKING)
class AllocationsController {

  private final Allocations allocations;

  AllocationsController(Allocations allocations) {
    this.allocations = allocations;
  }

  /** Lists all that were ever taken, newest first. */
  @Get
  Page<AllocationOfUserView> list(
      @Nullable @QueryValue String userId,
      @Nullable @QueryValue String cursor,
      @QueryValue(defaultValue = "25") @Min(1) @Max(100) int limit) {
    var rows =
        allocations.allBefore(
            Optional.ofNullable(userId).map(AllocationsController::user),
            Page.positionBefore(cursor),
            limit + 1);
    return Page.of(rows, limit, Allocation::position, AllocationOfUserView::of);
  }

  private static UserId user(String text) {
    if (!UserId.isWellFormed(text)) {
      throw Refusal.invalid("userId", "it must be 1 to 128 printable characters");
    }
    return new UserId(text);
  }

  /** A unit that was taken, as an operator sees it. */
  record AllocationOfUserView(
      UUID id,
      String userId,
      UUID allowanceId,
      String planId,
      String unit,
      @Nullable String label,
      long costMicrodollars,
      Instant createdAt,
      Instant expiresAt,
      @Nullable Instant releasedAt) {

    static AllocationOfUserView of(Allocation allocation) {
      return new AllocationOfUserView(
          allocation.id(),
          allocation.userId().value(),
          allocation.allowanceId(),
          allocation.planId().value(),
          allocation.unit(),
          allocation.label(),
          allocation.costMicrodollars(),
          allocation.createdAt(),
          allocation.expiresAt(),
          allocation.releasedAt());
    }
  }
}
