package dev.codingplans.sample.security;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.event.ApplicationEventPublisher;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.http.server.util.HttpHostResolver;
import io.micronaut.http.server.util.locale.HttpLocaleResolver;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.event.TokenValidatedEvent;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.security.token.TokenAuthenticationFetcher;
import io.micronaut.security.token.reader.TokenResolver;
import io.micronaut.security.token.validator.TokenValidator;
import io.micronaut.web.router.RouteAttributes;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/**
 * Validates tokens for the host's own routes, but not for those that are open to all: inference
 * asks the {@link HostAuthenticator} itself, and once is enough. While the keys of the identity
 * provider cannot be loaded, routes that are for somebody are unavailable; health is then still
 * told.
 */
@Singleton
@Replaces(TokenAuthenticationFetcher.class)
final class HostTokens extends TokenAuthenticationFetcher {

  HostTokens(
      List<TokenValidator<HttpRequest<?>>> validators,
      TokenResolver<HttpRequest<?>> resolver,
      ApplicationEventPublisher<TokenValidatedEvent> events,
      HttpHostResolver hosts,
      HttpLocaleResolver locales) {
    super(validators, resolver, events, hosts, locales);
  }

  @Override
  public Publisher<Authentication> fetchAuthentication(HttpRequest<?> request) {
    var admitted = admitted(request);
    if (admitted.contains(SecurityRule.IS_ANONYMOUS)) {
      return Flux.empty();
    }
    var caller = Flux.from(super.fetchAuthentication(request));
    return admitted.isEmpty()
        ? caller.onErrorComplete()
        : caller.onErrorMap(
            failure -> new HttpStatusException(HttpStatus.SERVICE_UNAVAILABLE, "no keys"));
  }

  /** Whom the route is for; empty if it does not say. */
  private static List<String> admitted(HttpRequest<?> request) {
    return RouteAttributes.getRouteMatch(request).stream()
        .flatMap(route -> Arrays.stream(route.getAnnotationMetadata().stringValues(Secured.class)))
        .toList();
  }
}
