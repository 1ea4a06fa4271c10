package dev.codingplans.plugin.http.customer;

import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.http.Callers;
import dev.codingplans.plugin.http.ClientKeys;
import dev.codingplans.plugin.http.Idempotent;
import dev.codingplans.plugin.http.Page;
import dev.codingplans.plugin.quota.Allocation;
import dev.codingplans.plugin.quota.Allocations;
import dev.codingplans.plugin.quota.Allowances;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestAttribute;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Shows what a user may use of quota plans, and takes units of it. */
@Controller("/api/quota")
@ExecuteOn(TaskExecutors.BLOCKING)
class QuotaController {

  private static final AllocationRequest NO_LABEL = new AllocationRequest(null);

  private final Allowances allowances;
  private final Allocations allocations;
  private final Catalog catalog;
  private final ClientKeys keys;

  QuotaController(
      Allowances allowances, Allocations allocations, Catalog catalog, ClientKeys keys) {
    this.allowances = allowances;
    this.allocations = allocations;
    this.catalog = catalog;
    this.keys = keys;
  }

  /** Lists the running allowances: at most one for each unit. */
  @Get
  Page<AllowanceView> list(@RequestAttribute(Callers.ATTRIBUTE) Caller caller) {
    return Page.whole(
        allowances.runningOf(caller.user()).stream()
            .map(allowance -> AllowanceView.of(allowance, catalog))
            .toList());
  }

  /** Takes a unit; a repeat with the same Idempotency-Key returns the same allocation (Q3). */
  @Idempotent
  @Post("/{unit}/allocations")
  HttpResponse<AllocationView> take(
      HttpRequest<?> request,
      @RequestAttribute(Callers.ATTRIBUTE) Caller caller,
      String unit,
      @Nullable @Valid @Body AllocationRequest allocation) {
    var asked = Optional.ofNullable(allocation).orElse(NO_LABEL);
    var key = keys.ofUser(caller.user(), request, asked);
    var taken = allocations.take(caller.user(), unit, asked.label(), key);
    var view = AllocationView.of(taken.allocation());
    return taken.replayed()
        ? HttpResponse.ok(view).header(ClientKeys.REPLAYED, "true")
        : HttpResponse.created(view);
  }

  /** Lists the units that the user holds, newest first: neither released nor expired. */
  @Get("/{unit}/allocations")
  Page<AllocationView> held(
      @RequestAttribute(Callers.ATTRIBUTE) Caller caller,
      String unit,
      @Nullable @QueryValue String cursor,
      @QueryValue(defaultValue = "25") @Min(1) @Max(100) int limit) {
    var rows = allocations.heldBefore(caller.user(), unit, Page.positionBefore(cursor), limit + 1);
    return Page.of(rows, limit, Allocation::position, AllocationView::of);
  }

  /** Lets go of a unit, which does not come back (Q4); a repeat is harmless. */
  @Delete("/{unit}/allocations/{id}")
  @Status(HttpStatus.NO_CONTENT)
  void release(@RequestAttribute(Callers.ATTRIBUTE) Caller caller, String unit, UUID id) {
    allocations.release(caller.user(), unit, id);
  }

  /** What the user calls the unit. */
  @Introspected
  record AllocationRequest(
      @Nullable
          @Pattern(regexp = Allocations.LABEL, message = "it must be 1 to 100 printable characters")
          String label) {}

  /** A unit that was taken, as its user sees it. */
  record AllocationView(
      UUID id,
      UUID allowanceId,
      String planId,
      String unit,
      @Nullable String label,
      long costMicrodollars,
      Instant expiresAt,
      Instant createdAt,
      @Nullable Instant releasedAt) {

    static AllocationView of(Allocation allocation) {
      return new AllocationView(
          allocation.id(),
          allocation.allowanceId(),
          allocation.planId().value(),
          allocation.unit(),
          allocation.label(),
          allocation.costMicrodollars(),
          allocation.expiresAt(),
          allocation.createdAt(),
          allocation.releasedAt());
    }
  }
}
