package dev.codingplans.plugin.http.pages.operate;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.http.HttpParameters;
import io.micronaut.http.uri.UriBuilder;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Which subscriptions an operator looks at; whatever is absent may be anything.
 *
 * @param user what a user's id starts with, or a subscription's id
 */
record SubscriptionFilter(
    Optional<String> user,
    Optional<String> status,
    Optional<String> provider,
    Optional<String> plan) {

  static final String PATH = "/admin/coding-plans/subscriptions";
  static final Set<String> STATUSES = Set.of("active", "ending", "past_due", "canceled");

  private static final String USER = "userId";
  private static final String STATUS = "status";
  private static final String PROVIDER = "provider";
  private static final String PLAN = "plan";

  /** Returns the filter for all that a user has had. */
  static SubscriptionFilter ofUser(String user) {
    return new SubscriptionFilter(
        Optional.of(user), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Reads the filter from an address. */
  static SubscriptionFilter of(HttpParameters parameters) {
    return new SubscriptionFilter(
        find(parameters, USER, UserId::isWellFormed, "it must be 1 to 128 printable characters"),
        find(parameters, STATUS, STATUSES::contains, "it is none that a subscription can have"),
        find(parameters, PROVIDER, UserId::isWellFormed, "there is no such provider"),
        find(parameters, PLAN, UserId::isWellFormed, "there is no such plan"));
  }

  private static Optional<String> find(
      HttpParameters parameters, String name, Predicate<String> isValid, String fault) {
    var given = parameters.getFirst(name).map(String::strip).filter(text -> !text.isEmpty());
    if (given.isPresent() && !isValid.test(given.get())) {
      throw Refusal.invalid(name, fault);
    }
    return given;
  }

  /** Returns the subscription that is looked for by its id. */
  Optional<UUID> id() {
    try {
      return user.map(UUID::fromString);
    } catch (IllegalArgumentException e) {
      // Falls through: it is a user's.
      return Optional.empty();
    }
  }

  boolean isEmpty() {
    return user.isEmpty() && status.isEmpty() && provider.isEmpty() && plan.isEmpty();
  }

  /** Returns the address of the list. */
  String list() {
    return addressOf(PATH);
  }

  /** Returns the address of the list from a cursor on. */
  String listFrom(String cursor) {
    return builder(PATH).queryParam("cursor", cursor).build().toString();
  }

  /** Returns the address of the list, which says of a refusal what it means for the field. */
  String listAfter(String field) {
    return builder(PATH).queryParam("field", field).build().toString();
  }

  /** Returns another address of the list that leads back to it as it is. */
  String addressOf(String path) {
    return builder(path).build().toString();
  }

  private UriBuilder builder(String path) {
    var builder = UriBuilder.of(path);
    user.ifPresent(value -> builder.queryParam(USER, value));
    status.ifPresent(value -> builder.queryParam(STATUS, value));
    provider.ifPresent(value -> builder.queryParam(PROVIDER, value));
    plan.ifPresent(value -> builder.queryParam(PLAN, value));
    return builder;
  }
}
