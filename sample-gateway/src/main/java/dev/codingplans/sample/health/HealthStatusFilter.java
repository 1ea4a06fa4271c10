package dev.codingplans.sample.health;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.management.endpoint.health.filter.HealthResultFilter;
import io.micronaut.management.health.indicator.HealthResult;

/**
 * Gives bad health its status. The framework's filter does so for three paths; but one filter of
 * some paths makes the framework look for the filters of each request, whatever its path, and sort
 * them.
 */
@ServerFilter(Filter.MATCH_ALL_PATTERN)
@Replaces(HealthResultFilter.class)
final class HealthStatusFilter {

  @ResponseFilter
  void setStatus(MutableHttpResponse<?> response) {
    if (response.body() instanceof HealthResult health
        && !health.getStatus().getOperational().orElse(true)) {
      response.status(HttpStatus.SERVICE_UNAVAILABLE);
    }
  }
}
