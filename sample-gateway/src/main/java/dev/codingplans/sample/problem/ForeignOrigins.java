package dev.codingplans.sample.problem;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.http.server.HttpServerConfiguration;
import io.micronaut.http.server.cors.CorsFilter;
import io.micronaut.http.server.util.HttpHostResolver;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.resource.StaticResourceResolver;

/**
 * The framework's guard of a gateway on this machine against pages from elsewhere. The framework
 * refuses with an empty answer; this says why, like every other refusal.
 */
@ServerFilter(Filter.MATCH_ALL_PATTERN)
@Replaces(CorsFilter.class)
final class ForeignOrigins extends CorsFilter {

  ForeignOrigins(
      HttpServerConfiguration.CorsConfiguration cors,
      StaticResourceResolver resources,
      Router router,
      HttpHostResolver hosts) {
    super(cors, resources, router, hosts);
  }

  @Override
  protected boolean shouldDenyToPreventDriveByLocalhostAttack(
      String origin, HttpRequest<?> request) {
    if (super.shouldDenyToPreventDriveByLocalhostAttack(origin, request)) {
      throw new HttpStatusException(HttpStatus.FORBIDDEN, "foreign origin");
    }
    return false;
  }
}
