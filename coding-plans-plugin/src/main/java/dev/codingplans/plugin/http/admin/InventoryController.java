package dev.codingplans.plugin.http.admin;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.credential.CredentialStatus;
import dev.codingplans.plugin.credential.Stock;
import dev.codingplans.plugin.credential.StockCount;
import dev.codingplans.plugin.credential.StoredCredential;
import dev.codingplans.plugin.credential.UploadLine;
import dev.codingplans.plugin.credential.Uploads;
import dev.codingplans.plugin.credential.Uploads.Mode;
import dev.codingplans.plugin.credential.Uploads.Progress;
import dev.codingplans.plugin.credential.Uploads.Upload;
import dev.codingplans.plugin.http.Page;
import dev.codingplans.plugin.http.PathIds;
import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Fills the stock and shows it, never with a key. */
@Controller("/admin/api/inventory")
@ExecuteOn(TaskExecutors.BLOCKING)
class InventoryController {

  private static final int MAX_ENTRIES = 1_000;

  private final Uploads uploads;
  private final Stock stock;
  private final Catalog catalog;

  InventoryController(Uploads uploads, Stock stock, Catalog catalog) {
    this.uploads = uploads;
    this.stock = stock;
    this.catalog = catalog;
  }

  /** Takes an upload of credentials of one plan. */
  @ApiResponse(
      responseCode = "202",
      description = "taken; Location says where to follow it",
      useReturnTypeSchema = true)
  @Post("/uploads")
  HttpResponse<UploadTaken> upload(@Valid @Body UploadRequest request) {
    var id = uploads.take(request.toUpload());
    return HttpResponse.accepted(URI.create("/admin/api/inventory/uploads/" + id))
        .body(new UploadTaken(id));
  }

  @Get("/uploads/{id}")
  UploadView progress(UUID id) {
    return UploadView.of(uploads.progressOf(id));
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
      @Nullable @QueryValue String cursor,
      @QueryValue(defaultValue = "25") @Min(1) @Max(100) int limit) {
    var rows =
        stock.listBefore(
            Optional.ofNullable(planId).map(this::stockedPlan).map(PlanId::value),
            Optional.ofNullable(status).map(InventoryController::status),
            Page.positionBefore(cursor),
            limit + 1);
    return Page.of(rows, limit, StoredCredential::position, CredentialView::of);
  }

  /** Takes a credential out of stock, for good. */
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

  /** Credentials to store, a line each: the key, two colons, and the provider's plan id. */
  @Introspected
  record UploadRequest(
      @NotNull String providerId,
      @NotNull String planId,
      @NotNull @Size(min = 1, max = MAX_ENTRIES) List<@NotNull Entry> entries,
      @Nullable ModeChoice mode,
      @Nullable Boolean dryRun) {

    Upload toUpload() {
      return new Upload(
          provider(),
          PathIds.plan(planId),
          entries.stream().map(Entry::text).toList(),
          mode == ModeChoice.PARTIAL ? Mode.PARTIAL : Mode.ALL_OR_NOTHING,
          Boolean.TRUE.equals(dryRun));
    }

    private ProviderId provider() {
      if (!ProviderId.isWellFormed(providerId)) {
        throw Refusal.invalid("providerId", "there is no such provider");
      }
      return new ProviderId(providerId);
    }
  }

  /** A line of an upload. */
  @Schema(type = "string", format = "password", accessMode = Schema.AccessMode.WRITE_ONLY)
  record Entry(Secret text) {

    /** A secret is never empty, so an empty line becomes a blank one: as malformed as it was. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Entry read(String text) {
      return new Entry(Secret.of(text.isEmpty() ? " " : text));
    }
  }

  /** Whether one bad line keeps the good ones from being stored. */
  enum ModeChoice {
    @JsonProperty("all_or_nothing")
    ALL_OR_NOTHING,
    @JsonProperty("partial")
    PARTIAL
  }

  /** The id under which an upload's progress is found. */
  record UploadTaken(UUID id) {}

  /** How an upload went, line by line. */
  record UploadView(
      UUID id, String state, int total, long verified, long stored, List<UploadLine> results) {

    static UploadView of(Progress progress) {
      return new UploadView(
          progress.id(),
          progress.state(),
          progress.lines().size(),
          progress.verified(),
          progress.stored(),
          progress.lines());
    }
  }

  /** A credential, without its key and without the provider's plan id. */
  record CredentialView(
      UUID id,
      String providerId,
      String planId,
      String status,
      Instant createdAt,
      @Nullable Instant assignedAt) {

    static CredentialView of(StoredCredential credential) {
      return new CredentialView(
          credential.id(),
          credential.providerId().value(),
          credential.planId().value(),
          credential.status(),
          credential.createdAt(),
          credential.assignedAt());
    }
  }
}
