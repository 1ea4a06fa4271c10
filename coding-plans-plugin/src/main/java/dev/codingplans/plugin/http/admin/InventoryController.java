package dev.codingplans.plugin.http.admin;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.credential.CredentialStatus;
import dev.codingplans.plugin.credential.Health;
import dev.codingplans.plugin.credential.Stock;
import dev.codingplans.plugin.credential.StockCount;
import dev.codingplans.plugin.credential.StockIntake;
import dev.codingplans.plugin.credential.StoredCredential;
import dev.codingplans.plugin.http.Page;
import dev.codingplans.plugin.http.audit.Audited;
import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Shows the stock, never with a key, and what an admin decides about it. */
@Controller("/admin/api/inventory")
@ExecuteOn(TaskExecutors.BLOCKING)
class InventoryController {

  private final Stock stock;
  private final StockIntake intake;
  private final Catalog catalog;

  InventoryController(Stock stock, StockIntake intake, Catalog catalog) {
    this.stock = stock;
    this.intake = intake;
    this.catalog = catalog;
  }

  /** Counts by provider, plan and status. */
  @Get
  Page<StockCount> counts() {
    return Page.whole(stock.counts());
  }

  @Get("/credentials")
  Page<CredentialView> credentials(
      @Nullable @QueryValue String planId,
      @Nullable @QueryValue String status,
      @Nullable @QueryValue String health,
      @Nullable @QueryValue String cursor,
      @QueryValue(defaultValue = "25") @Min(1) @Max(100) int limit) {
    var rows =
        stock.listBefore(
            Optional.ofNullable(planId).map(this::stockedPlan).map(PlanId::value),
            Optional.ofNullable(status).map(InventoryController::status),
            Optional.ofNullable(health).map(InventoryController::health),
            Page.positionBefore(cursor),
            limit + 1);
    return Page.of(rows, limit, StoredCredential::position, CredentialView::of);
  }

  /** Lets a credential be sold although its tier is not proven. */
  @Audited(value = "credential.approve", target = "credential:{id}")
  @Post("/credentials/{id}/approve")
  @Status(HttpStatus.OK)
  CredentialView approve(UUID id) {
    return CredentialView.of(intake.approve(id));
  }

  /** Takes a credential out of stock, for good. */
  @Audited(value = "credential.withdraw", target = "credential:{id}")
  @Post("/credentials/{id}/withdraw")
  @Status(HttpStatus.OK)
  CredentialView withdraw(UUID id) {
    return CredentialView.of(stock.withdraw(id));
  }

  /** A plan that is no longer sold may have credentials all the same (C5). */
  private PlanId stockedPlan(String text) {
    return Optional.of(text)
        .filter(PlanId::isWellFormed)
        .map(PlanId::new)
        .filter(plan -> catalog.find(plan).isPresent() || stock.knows(plan))
        .orElseThrow(() -> Refusal.invalid("planId", "there is no such plan"));
  }

  private static CredentialStatus status(String code) {
    return CredentialStatus.parse(code)
        .orElseThrow(() -> Refusal.invalid("status", "it is none that a credential can have"));
  }

  private static Health health(String code) {
    return Health.parse(code)
        .orElseThrow(() -> Refusal.invalid("health", "it is none that a credential can have"));
  }

  /** A credential, without its key and without the provider's plan id. */
  record CredentialView(
      UUID id,
      String providerId,
      String planId,
      String status,
      String health,
      Instant createdAt,
      @Nullable Instant assignedAt) {

    static CredentialView of(StoredCredential credential) {
      return new CredentialView(
          credential.id(),
          credential.providerId().value(),
          credential.planId().value(),
          credential.status(),
          credential.health(),
          credential.createdAt(),
          credential.assignedAt());
    }
  }
}
