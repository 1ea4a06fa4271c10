package dev.codingplans.plugin.http.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.codingplans.plugin.account.AccountDeletion;
import dev.codingplans.plugin.credit.Credits;
import dev.codingplans.plugin.credit.Credits.Grant;
import dev.codingplans.plugin.credit.EntryKind;
import dev.codingplans.plugin.credit.lease.Recall;
import dev.codingplans.plugin.http.ClientKeys;
import dev.codingplans.plugin.http.Idempotent;
import dev.codingplans.plugin.http.LedgerEntryView;
import dev.codingplans.plugin.http.PathUser;
import dev.codingplans.plugin.http.audit.Audited;
import dev.codingplans.plugin.http.audit.Audited.Moment;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** What an operator does to users. */
@Controller("/admin/api/users")
@ExecuteOn(TaskExecutors.BLOCKING)
class UsersController {

  private final Credits credits;
  private final Recall recall;
  private final AccountDeletion deletion;
  private final ClientKeys keys;

  UsersController(Credits credits, Recall recall, AccountDeletion deletion, ClientKeys keys) {
    this.credits = credits;
    this.recall = recall;
    this.deletion = deletion;
    this.keys = keys;
  }

  /** Adds to a user's balance, or corrects it; the user need not exist yet. */
  @Idempotent
  @Parameter(
      name = "userId",
      in = ParameterIn.PATH,
      required = true,
      schema = @Schema(type = "string", minLength = 1, maxLength = 128))
  @Audited(value = "credit.grant", target = "user:{userId}")
  @Post("/{userId:[^/]+}/credits")
  HttpResponse<LedgerEntryView> grant(HttpRequest<?> request, @Valid @Body CreditRequest credit) {
    var user = PathUser.of(request);
    var key = keys.ofAdmin(user, request, credit);
    var granted = recall.whenFree(user, () -> credits.grant(user, credit.toGrant(), key));
    var view = LedgerEntryView.of(granted.entry());
    return granted.replayed()
        ? HttpResponse.ok(view).header(ClientKeys.REPLAYED, "true")
        : HttpResponse.created(view);
  }

  /** Deletes the user's account, as the user could; deleting twice is harmless (X6). */
  @Parameter(
      name = "userId",
      in = ParameterIn.PATH,
      required = true,
      schema = @Schema(type = "string", minLength = 1, maxLength = 128))
  @Audited(
      value = "account.delete",
      target = "user:{userId}",
      written = Moment.WITH_THE_USERS_FROM_BEFORE)
  @Delete("/{userId:[^/]+}")
  @Status(HttpStatus.NO_CONTENT)
  void delete(HttpRequest<?> request) {
    deletion.delete(PathUser.of(request));
  }

  /** Credit to add, and what the user reads about it. */
  @Introspected
  record CreditRequest(
      @NotNull Long amountMicrodollars,
      @NotNull CreditKind kind,
      @NotNull @Pattern(regexp = Grant.REASON_FORM, message = Grant.REASON_RULE) String reason) {

    Grant toGrant() {
      return new Grant(kind.entryKind(), amountMicrodollars, reason);
    }
  }

  /** Why an admin moves a balance. */
  enum CreditKind {
    @JsonProperty("paid_credit")
    PAID_CREDIT,
    @JsonProperty("granted_credit")
    GRANTED_CREDIT,
    @JsonProperty("adjustment")
    ADJUSTMENT;

    EntryKind entryKind() {
      return switch (this) {
        case PAID_CREDIT -> EntryKind.PAID_CREDIT;
        case GRANTED_CREDIT -> EntryKind.GRANTED_CREDIT;
        case ADJUSTMENT -> EntryKind.ADJUSTMENT;
      };
    }
  }
}
