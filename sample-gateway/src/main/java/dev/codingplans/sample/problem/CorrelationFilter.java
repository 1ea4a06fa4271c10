package dev.codingplans.sample.problem;

import io.micronaut.context.propagation.slf4j.MdcPropagationContext;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.propagation.MutablePropagatedContext;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.FilterPatternStyle;
import java.util.Map;

/** Puts the correlation id into the logging context and on every answer. */
@ServerFilter(patterns = "/**", patternStyle = FilterPatternStyle.ANT)
@Order(-1000)
final class CorrelationFilter {

  private static final String LOGGING_KEY = "correlationId";

  @RequestFilter
  void enter(HttpRequest<?> request, MutablePropagatedContext context) {
    context.add(new MdcPropagationContext(Map.of(LOGGING_KEY, CorrelationId.of(request))));
  }

  @ResponseFilter
  void leave(HttpRequest<?> request, MutableHttpResponse<?> response) {
    response.getHeaders().set(CorrelationId.HEADER, CorrelationId.of(request));
  }
}
