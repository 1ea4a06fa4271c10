package dev.codingplans.plugin.http.admin;

import dev.codingplans.plugin.credential.CredentialStatus;
import dev.codingplans.plugin.credential.revocation.RevocationItem;
import dev.codingplans.plugin.credential.revocation.Revocations;
import dev.codingplans.plugin.http.Page;
import dev.codingplans.plugin.http.audit.Audited;
import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.core.annotation.Introspected;
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
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The operator's queue of credentials to be ended at their providers. */
@Controller("/admin/api/revocations")
@ExecuteOn(TaskExecutors.BLOCKING)
class RevocationsController {

  private static final Set<CredentialStatus> STATUSES =
      EnumSet.of(
          CredentialStatus.REVOCATION_PENDING,
          CredentialStatus.REVOCATION_FAILED,
          CredentialStatus.REVOKED);

  private final Revocations revocations;

  RevocationsController(Revocations revocations) {
    this.revocations = revocations;
  }

  /** Lists what is pending or failed, or of one status, the newest request first (V1). */
  @Get
  Page<RevocationView> list(
      @Nullable @QueryValue String status,
      @Nullable @QueryValue String cursor,
      @QueryValue(defaultValue = "25") @Min(1) @Max(100) int limit) {
    var rows =
        revocations.listBefore(
            Optional.ofNullable(status).map(RevocationsController::status),
            Page.positionBefore(cursor),
            limit + 1);
    return Page.of(rows, limit, RevocationItem::position, RevocationView::of);
  }

  /** Says that the credential is ended at its provider (V2). */
  @Audited(value = "revocation.complete", target = "credential:{id}")
  @Post("/{id}/complete")
  @Status(HttpStatus.OK)
  RevocationView complete(UUID id) {
    return RevocationView.of(revocations.complete(id));
  }

  /** Says why the credential could not be ended (V2). */
  @Audited(value = "revocation.fail", target = "credential:{id}")
  @Post("/{id}/fail")
  @Status(HttpStatus.OK)
  RevocationView fail(UUID id, @Valid @Body FailureRequest request) {
    return RevocationView.of(revocations.fail(id, request.reason()));
  }

  /** Lets it be tried again (V2). */
  @Audited(value = "revocation.requeue", target = "credential:{id}")
  @Post("/{id}/requeue")
  @Status(HttpStatus.OK)
  RevocationView requeue(UUID id) {
    return RevocationView.of(revocations.requeue(id));
  }

  private static CredentialStatus status(String code) {
    return CredentialStatus.parse(code)
        .filter(STATUSES::contains)
        .orElseThrow(() -> Refusal.invalid("status", "it is none that a revocation can have"));
  }

  /** Why a credential could not be ended; what looks like a secret in it is not kept. */
  @Introspected
  record FailureRequest(
      @NotNull
          @Pattern(
              regexp = Revocations.REASON,
              message = "it must be 1 to 300 printable characters")
          String reason) {}

  /** A credential to be ended; what the provider calls it is shown only while it is to be. */
  record RevocationView(
      UUID id,
      String providerId,
      String planId,
      @Nullable String upstreamPlanId,
      String status,
      Instant requestedAt,
      @Nullable Instant accessEndedAt,
      int attempts,
      @Nullable String lastError,
      long ageSeconds) {

    static RevocationView of(RevocationItem item) {
      return new RevocationView(
          item.id(),
          item.providerId().value(),
          item.planId().value(),
          item.upstreamPlanId(),
          item.status(),
          item.requestedAt(),
          item.accessEndedAt(),
          item.attempts(),
          item.lastError(),
          item.ageSeconds());
    }
  }
}
