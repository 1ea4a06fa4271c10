package dev.codingplans.plugin.http.audit;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.plugin.audit.AuditEntry;
import dev.codingplans.plugin.audit.AuditTarget;
import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.http.Callers;
import dev.codingplans.plugin.http.ClientKeys;
import dev.codingplans.plugin.http.PathUser;
import dev.codingplans.plugin.http.audit.Audited.Moment;
import dev.codingplans.plugin.http.problem.CorrelationFilter;
import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.core.annotation.AnnotationMetadata;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteMatch;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A request by which an admin wants to change something. */
record AuditedCall(HttpRequest<?> request, RouteMatch<?> route, Caller caller, Catalog catalog) {

  private static final String USER = "user:{userId}";
  private static final String PLAN = "plan";
  private static final Pattern PART = Pattern.compile("(?<kind>[a-z_]+):\\{(?<name>\\w+)}");
  private static final Pattern ID =
      Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");

  /** Returns the request as such a call, if it is one and comes from somebody who may make it. */
  static Optional<AuditedCall> of(HttpRequest<?> request, Catalog catalog) {
    return RouteAttributes.getRouteMatch(request)
        .filter(route -> route.getAnnotationMetadata().hasAnnotation(Audited.class))
        .flatMap(
            route ->
                request
                    .getAttribute(Callers.ATTRIBUTE, Caller.class)
                    .map(caller -> new AuditedCall(request, route, caller, catalog)));
  }

  Moment moment() {
    return annotations()
        .enumValue(Audited.class, "written", Moment.class)
        .orElse(Moment.WITH_THE_CHANGE);
  }

  /** Returns an entry for which no answer is needed. */
  AuditEntry entry(String outcome) {
    return entry(target(Optional.empty()), outcome);
  }

  /** Returns the entry of a change that was made. */
  AuditEntry entryOf(@Nullable Object answer) {
    if (!(answer instanceof HttpResponse<?> response)) {
      return entry(AuditEntry.DONE);
    }
    var made =
        response
            .getHeaders()
            .findFirst(HttpHeaders.LOCATION)
            .map(location -> location.substring(location.lastIndexOf('/') + 1));
    var replayed = response.getHeaders().contains(ClientKeys.REPLAYED);
    return entry(target(made), replayed ? AuditEntry.REPLAYED : AuditEntry.DONE);
  }

  /** Returns the user that something is done to, if the path names one. */
  Optional<AuditTarget> user() {
    try {
      return Optional.of(AuditTarget.of(PathUser.of(request)));
    } catch (Refusal e) {
      // Malformed: it is nobody's.
      return Optional.empty();
    }
  }

  private AuditEntry entry(AuditTarget target, String outcome) {
    var action = annotations().stringValue(Audited.class).orElseThrow();
    return new AuditEntry(caller.user(), action, target, outcome, CorrelationFilter.idOf(request));
  }

  private AuditTarget target(Optional<String> made) {
    var text = annotations().stringValue(Audited.class, "target").orElseThrow();
    if (text.equals(USER)) {
      return user().orElseGet(() -> AuditTarget.only("user"));
    }
    var part = PART.matcher(text);
    if (!part.matches()) {
      return AuditTarget.only(text);
    }
    var kind = part.group("kind");
    return Optional.ofNullable(route.getVariableValues().get(part.group("name")))
        .map(Object::toString)
        .or(() -> made)
        .filter(id -> isId(kind, id))
        .map(id -> AuditTarget.of(kind, id))
        .orElseGet(() -> AuditTarget.only(kind));
  }

  /** A path may hold anything, a provider's key too: what names nothing of ours is left out. */
  private boolean isId(String kind, String text) {
    return kind.equals(PLAN)
        ? PlanId.isWellFormed(text) && catalog.find(new PlanId(text)).isPresent()
        : ID.matcher(text).matches();
  }

  private AnnotationMetadata annotations() {
    return route.getAnnotationMetadata();
  }
}
