package dev.codingplans.plugin.http.customer;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.plugin.byok.ByokKey;
import dev.codingplans.plugin.byok.ByokKeys;
import dev.codingplans.plugin.http.Callers;
import dev.codingplans.plugin.http.Page;
import dev.codingplans.plugin.http.PathIds;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.RequestAttribute;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A user's keys; their text goes in and never comes out (B2). */
@Controller("/api/byok")
@ExecuteOn(TaskExecutors.BLOCKING)
class ByokController {

  private final ByokKeys keys;

  ByokController(ByokKeys keys) {
    this.keys = keys;
  }

  @Get
  Page<KeyView> list(@RequestAttribute(Callers.ATTRIBUTE) Caller caller) {
    return Page.whole(keys.list(caller.user()).stream().map(KeyView::of).toList());
  }

  /** Adds or replaces the user's own key. */
  @Put("/{providerId}")
  KeyView put(
      @RequestAttribute(Callers.ATTRIBUTE) Caller caller,
      String providerId,
      @Valid @Body OwnKeyRequest key) {
    return KeyView.of(
        keys.put(caller.user(), PathIds.provider(providerId), key.apiKey(), key.enabled()));
  }

  /** Switches the user's own key on or off. */
  @Patch("/{providerId}")
  KeyView toggle(
      @RequestAttribute(Callers.ATTRIBUTE) Caller caller,
      String providerId,
      @Valid @Body ToggleRequest toggle) {
    return KeyView.of(keys.toggle(caller.user(), PathIds.provider(providerId), toggle.enabled()));
  }

  @Delete("/{providerId}")
  @Status(HttpStatus.NO_CONTENT)
  void delete(@RequestAttribute(Callers.ATTRIBUTE) Caller caller, String providerId) {
    keys.delete(caller.user(), PathIds.provider(providerId));
  }

  /** An own key to keep. */
  @Introspected
  record OwnKeyRequest(
      @NotNull
          @Schema(type = "string", format = "password", accessMode = Schema.AccessMode.WRITE_ONLY)
          Secret apiKey,
      @NotNull Boolean enabled) {}

  /** Whether an own key is to be used. */
  @Introspected
  record ToggleRequest(@NotNull Boolean enabled) {}

  /** A key as its user sees it. */
  record KeyView(
      String providerId,
      String source,
      boolean enabled,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String lastFour,
      Instant createdAt,
      Instant updatedAt) {

    static KeyView of(ByokKey key) {
      return new KeyView(
          key.providerId().value(),
          key.source(),
          key.enabled(),
          key.lastFour(),
          key.createdAt(),
          key.updatedAt());
    }
  }
}
