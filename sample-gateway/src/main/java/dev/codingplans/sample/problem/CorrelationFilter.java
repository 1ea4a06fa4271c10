package dev.codingplans.sample.problem;

import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.FilterPatternStyle;

/** Puts the correlation id on every answer. */
@ServerFilter(patterns = "/**", patternStyle = FilterPatternStyle.ANT)
@Order(-1000)
final class CorrelationFilter {

  @ResponseFilter
  void leave(HttpRequest<?> request, MutableHttpResponse<?> response) {
    response.getHeaders().set(CorrelationId.HEADER, CorrelationId.of(request));
  }
}
