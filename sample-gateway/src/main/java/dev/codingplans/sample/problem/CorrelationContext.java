package dev.codingplans.sample.problem;

import io.micronaut.context.propagation.slf4j.MdcPropagationContext;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.propagation.MutablePropagatedContext;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Map;

/**
 * Puts the correlation id into the logging context. Not for inference: its lines name the id
 * themselves, because a context that is set and restored at each step costs more than the rest of
 * the log. One pattern that is not for all paths would make the framework look for filters, and
 * sort them, at every request.
 */
@ServerFilter(Filter.MATCH_ALL_PATTERN)
@Order(-1000)
final class CorrelationContext {

  private static final String INFERENCE = "/v1/";
  private static final String LOGGING_KEY = "correlationId";

  @RequestFilter
  void enter(HttpRequest<?> request, MutablePropagatedContext context) {
    if (request.getPath().startsWith(INFERENCE)) {
      return;
    }
    context.add(new MdcPropagationContext(Map.of(LOGGING_KEY, CorrelationId.of(request))));
  }
}
