package dev.codingplans.plugin.http.admin;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.http.ClientKeys;
import dev.codingplans.plugin.http.Page;
import dev.codingplans.plugin.http.SubscriptionView;
import dev.codingplans.plugin.http.audit.Audited;
import dev.codingplans.plugin.refusal.Refusal;
import dev.codingplans.plugin.subscription.Cancellation;
import dev.codingplans.plugin.subscription.Extension;
import dev.codingplans.plugin.subscription.Subscription;
import dev.codingplans.plugin.subscription.Subscriptions;
import dev.codingplans.plugin.subscription.Swap;
import dev.codingplans.plugin.subscription.Termination;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpRequest;
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
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an operator sees of everybody's subscriptions, and does to them. */
@Controller("/admin/api/subscriptions")
@ExecuteOn(TaskExecutors.BLOCKING)
class SubscriptionsOfAllController {

  private static final Set<String> STATUSES = Set.of("active", "past_due", "canceled");

  private final Subscriptions subscriptions;
  private final Cancellation cancellation;
  private final Termination termination;
  private final Extension extension;
  private final Swap swap;
  private final ClientKeys keys;
  private final Catalog catalog;

  SubscriptionsOfAllController(
      Subscriptions subscriptions,
      Cancellation cancellation,
      Termination termination,
      Extension extension,
      Swap swap,
      ClientKeys keys,
      Catalog catalog) {
    this.subscriptions = subscriptions;
    this.cancellation = cancellation;
    this.termination = termination;
    this.extension = extension;
    this.swap = swap;
    this.keys = keys;
    this.catalog = catalog;
  }

  @Get
  Page<SubscriptionView> list(
      @Nullable @QueryValue String status,
      @Nullable @QueryValue String userId,
      @Nullable @QueryValue String cursor,
      @QueryValue(defaultValue = "25") @Min(1) @Max(100) int limit) {
    var rows =
        subscriptions.listAllBefore(
            Optional.ofNullable(userId).map(SubscriptionsOfAllController::user),
            Optional.ofNullable(status).map(SubscriptionsOfAllController::status),
            Page.positionBefore(cursor),
            limit + 1);
    return Page.of(rows, limit, Subscription::position, row -> SubscriptionView.of(row, catalog));
  }

  @Get("/{id}")
  SubscriptionView get(UUID id) {
    return SubscriptionView.of(subscriptions.get(id), catalog);
  }

  /** Lets the subscription end when what is paid for is over, as its user could (X3). */
  @Audited(value = "subscription.cancel", target = "subscription:{id}")
  @Post("/{id}/cancel")
  @Status(HttpStatus.OK)
  SubscriptionView cancel(UUID id) {
    cancellation.cancel(ownerOf(id), id);
    return get(id);
  }

  /** Ends the subscription now (X3). */
  @Audited(value = "subscription.terminate", target = "subscription:{id}")
  @Post("/{id}/terminate")
  @Status(HttpStatus.OK)
  SubscriptionView terminate(UUID id) {
    termination.terminate(ownerOf(id), id);
    return get(id);
  }

  /** Gives the subscription more days, for nothing. */
  @Audited(value = "subscription.extend", target = "subscription:{id}")
  @Post("/{id}/extend")
  @Status(HttpStatus.OK)
  SubscriptionView extend(UUID id, @Valid @Body ExtensionRequest request) {
    extension.extend(ownerOf(id), id, request.days());
    return get(id);
  }

  /** Moves the subscription to the next credential in stock; nothing is charged (I8). */
  @Parameter(
      name = "Idempotency-Key",
      in = ParameterIn.HEADER,
      required = true,
      schema = @Schema(type = "string", minLength = 1, maxLength = 200))
  @Audited(value = "credential.swap", target = "subscription:{id}")
  @Post("/{id}/swap-credential")
  HttpResponse<SubscriptionView> swap(UUID id, HttpRequest<?> request) {
    var owner = ownerOf(id);
    var swapped = swap.swap(owner, id, keys.ofAdmin(owner, request, Map.of()));
    var answer = HttpResponse.ok(SubscriptionView.of(swapped.subscription(), catalog));
    return swapped.replayed() ? answer.header(ClientKeys.REPLAYED, "true") : answer;
  }

  private UserId ownerOf(UUID id) {
    return subscriptions.get(id).userId();
  }

  private static UserId user(String text) {
    if (!UserId.isWellFormed(text)) {
      throw Refusal.invalid("userId", "it must be 1 to 128 printable characters");
    }
    return new UserId(text);
  }

  private static String status(String text) {
    if (!STATUSES.contains(text)) {
      throw Refusal.invalid("status", "it is none that a subscription can have");
    }
    return text;
  }

  /** How many days to add. */
  @Introspected
  record ExtensionRequest(@NotNull @Min(1) @Max(90) Integer days) {}
}
