package dev.codingplans.sample.problem;

import io.micronaut.context.propagation.slf4j.MdcPropagationContext;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.propagation.MutablePropagatedContext;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.FilterPatternStyle;
import java.util.Map;

/**
 * Puts the correlation id into the logging context. Not for inference: its lines name the id
 * themselves, because a context that is set and restored at each step costs more than the rest of
 * the log.
 */
@ServerFilter(patterns = "^/(?!v1/).*", patternStyle = FilterPatternStyle.REGEX)
@Order(-1000)
final class CorrelationContext {

  private static final String LOGGING_KEY = "correlationId";

  @RequestFilter
  void enter(HttpRequest<?> request, MutablePropagatedContext context) {
    context.add(new MdcPropagationContext(Map.of(LOGGING_KEY, CorrelationId.of(request))));
  }
}
