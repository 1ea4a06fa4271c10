package dev.codingplans.plugin.http.admin;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.plugin.credential.upload.Upload;
import dev.codingplans.plugin.credential.upload.Upload.Mode;
import dev.codingplans.plugin.credential.upload.UploadLine;
import dev.codingplans.plugin.credential.upload.UploadProgress;
import dev.codingplans.plugin.credential.upload.Uploads;
import dev.codingplans.plugin.http.PathIds;
import dev.codingplans.plugin.http.audit.Audited;
import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Fills the stock, and tells how far that is, never with a key. */
@Controller("/admin/api/inventory/uploads")
@ExecuteOn(TaskExecutors.BLOCKING)
class UploadsController {

  private static final int MAX_ENTRIES = 1_000;

  private final Uploads uploads;

  UploadsController(Uploads uploads) {
    this.uploads = uploads;
  }

  /** Takes an upload of credentials of one plan. */
  @ApiResponse(
      responseCode = "202",
      description = "taken; Location says where to follow it",
      useReturnTypeSchema = true)
  @Audited(value = "inventory.upload", target = "upload:{id}")
  @Post
  HttpResponse<UploadTaken> upload(@Valid @Body UploadRequest request) {
    var id = uploads.take(request.toUpload());
    return HttpResponse.accepted(URI.create("/admin/api/inventory/uploads/" + id))
        .body(new UploadTaken(id));
  }

  /** How far an upload is, line by line. */
  @Get("/{id}")
  UploadView progress(UUID id) {
    return UploadView.of(uploads.progressOf(id));
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

  /** How far an upload is: its lines that are done with, in their order. */
  record UploadView(
      UUID id, String state, int total, long verified, int stored, List<UploadLine> results) {

    static UploadView of(UploadProgress progress) {
      return new UploadView(
          progress.id(),
          progress.state(),
          progress.total(),
          progress.verified(),
          progress.stored(),
          progress.lines());
    }
  }
}
