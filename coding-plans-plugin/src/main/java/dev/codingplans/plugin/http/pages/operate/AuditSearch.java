package dev.codingplans.plugin.http.pages.operate;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.audit.AuditFilter;
import dev.codingplans.plugin.audit.AuditTarget;
import io.micronaut.http.HttpParameters;
import io.micronaut.http.uri.UriBuilder;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an operator looks for in the audit log, as it was typed; whatever is absent may be anything.
 *
 * @param target a kind, and after a colon which one
 */
record AuditSearch(Optional<String> actor, Optional<String> action, Optional<String> target) {

  static final String PATH = "/admin/coding-plans/audit";

  private static final Pattern ACTION = Pattern.compile("[a-z_]+\\.[a-z_]+");
  private static final Pattern TARGET =
      Pattern.compile("[a-z_]+(:[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]{1,128})?");

  static AuditSearch of(HttpParameters parameters) {
    return new AuditSearch(
        find(parameters, "actor"), find(parameters, "action"), find(parameters, "target"));
  }

  private static Optional<String> find(HttpParameters parameters, String name) {
    return parameters.getFirst(name).map(String::strip).filter(text -> !text.isEmpty());
  }

  static AuditSearch ofTarget(String target) {
    return new AuditSearch(Optional.empty(), Optional.empty(), Optional.of(target));
  }

  boolean isEmpty() {
    return actor.isEmpty() && action.isEmpty() && target.isEmpty();
  }

  /** Returns the filter; empty if no entry can be as what was typed. */
  Optional<AuditFilter> filter() {
    var possible =
        actor.filter(text -> !UserId.isWellFormed(text)).isEmpty()
            && action.filter(text -> !ACTION.matcher(text).matches()).isEmpty()
            && target.filter(text -> !TARGET.matcher(text).matches()).isEmpty();
    return possible
        ? Optional.of(
            new AuditFilter(actor.map(UserId::new), action, target.map(AuditTarget::parse)))
        : Optional.empty();
  }

  /** Returns the address of what was looked for, from a cursor on. */
  String from(String cursor) {
    return builder().queryParam("cursor", cursor).build().toString();
  }

  String address() {
    return builder().build().toString();
  }

  private UriBuilder builder() {
    var builder = UriBuilder.of(PATH);
    actor.ifPresent(value -> builder.queryParam("actor", value));
    action.ifPresent(value -> builder.queryParam("action", value));
    target.ifPresent(value -> builder.queryParam("target", value));
    return builder;
  }
}
