package dev.codingplans.sample.apikeys;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.sample.problem.ProblemCode;
import dev.codingplans.sample.problem.ProblemException;
import dev.codingplans.sample.problem.Violation;
import dev.codingplans.sample.security.Roles;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A user's API keys. Only a token gets here: a key must not make keys. */
@Controller("/api/keys")
@Secured(Roles.USER)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "API keys")
final class ApiKeysController {

  private static final int DEFAULT_LIMIT = 25;
  private static final String LIMIT_FORM = "[1-9]\\d?|100";

  private final UserKeys keys;
  private final Cursors cursors;

  ApiKeysController(UserKeys keys, Cursors cursors) {
    this.keys = keys;
    this.cursors = cursors;
  }

  @Get
  @Operation(operationId = "listApiKeys", summary = "List your API keys, newest first")
  KeyPage list(
      Authentication caller,
      @QueryValue @Nullable String cursor,
      @QueryValue @Nullable String limit) {
    var most = most(limit);
    var found = keys.listBefore(user(caller), cursors.positionBefore(cursor), most + 1);
    var shown = found.subList(0, Math.min(most, found.size()));
    return new KeyPage(
        shown.stream().map(KeyView::of).toList(),
        found.size() > most ? cursors.of(shown.getLast().position()) : null);
  }

  @Post
  @Status(HttpStatus.CREATED)
  @Operation(
      operationId = "makeApiKey",
      summary = "Make an API key",
      description = "The answer holds its secret, which is shown this once.",
      requestBody =
          @RequestBody(content = @Content(schema = @Schema(implementation = NewKey.class))))
  HttpResponse<MadeKeyView> make(Authentication caller, HttpRequest<byte[]> request) {
    var wanted = NewKey.read(request.getBody().orElseGet(() -> new byte[0]));
    var made =
        keys.make(user(caller), Optional.ofNullable(wanted.name()))
            .orElseThrow(() -> new ProblemException(ProblemCode.INVALID_STATE, UserKeys.ENOUGH));
    return HttpResponse.created(MadeKeyView.of(made)).header(HttpHeaders.CACHE_CONTROL, "no-store");
  }

  @Delete("/{id}")
  @Status(HttpStatus.NO_CONTENT)
  @Operation(operationId = "revokeApiKey", summary = "Revoke an API key")
  void revoke(Authentication caller, String id) {
    if (!keys.revoke(user(caller), id(id))) {
      throw noSuchKey();
    }
  }

  private static UserId user(Authentication caller) {
    return new UserId(caller.getName());
  }

  /** An id that cannot be is the id of nothing. */
  private static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw noSuchKey();
    }
  }

  private static ProblemException noSuchKey() {
    return new ProblemException(ProblemCode.NOT_FOUND, "You have no such API key.");
  }

  private static int most(@Nullable String limit) {
    if (limit == null) {
      return DEFAULT_LIMIT;
    }
    if (!limit.matches(LIMIT_FORM)) {
      throw ProblemException.invalid(new Violation("limit", "it must be 1 to 100"));
    }
    return Integer.parseInt(limit);
  }

  /** Some of a user's keys. */
  @JsonInclude
  record KeyPage(List<KeyView> items, @Nullable String nextCursor) {}

  /** A key as its user sees it. */
  @JsonInclude
  record KeyView(
      UUID id,
      @Nullable String name,
      String prefix,
      Instant createdAt,
      @Nullable Instant lastUsedAt) {

    static KeyView of(ApiKey key) {
      return new KeyView(key.id(), key.name(), key.prefix(), key.createdAt(), key.lastUsedAt());
    }
  }

  /** A key with its text. */
  @JsonInclude
  record MadeKeyView(UUID id, @Nullable String name, String secret, Instant createdAt) {

    static MadeKeyView of(MadeKey made) {
      var key = made.key();
      return new MadeKeyView(key.id(), key.name(), made.text().reveal(), key.createdAt());
    }

    /** Leaves the text out. */
    @Override
    public String toString() {
      return "API key " + id;
    }
  }
}
