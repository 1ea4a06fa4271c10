package dev.codingplans.sample.problem;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Writes every failure that the HTTP layer finds. The texts are our own: what the framework says
 * may name classes.
 */
@Singleton
final class ProblemErrors implements ErrorResponseProcessor<Object> {

  private final List<ErrorFormat> formats;

  ProblemErrors(List<ErrorFormat> formats) {
    this.formats = formats;
  }

  @Override
  @SuppressWarnings("unchecked") // The framework wants one body type, but the formats differ.
  public MutableHttpResponse<Object> processResponse(
      ErrorContext context, MutableHttpResponse<?> response) {
    var request = context.getRequest();
    // What cannot even be read passes no filter.
    response.getHeaders().set(CorrelationId.HEADER, CorrelationId.of(request));
    var code = ProblemCode.of(HttpStatus.valueOf(response.code()));
    var written =
        formats.stream()
            .filter(format -> format.covers(request.getPath()))
            .findFirst()
            .<MutableHttpResponse<?>>map(
                format -> format.write(response, request, code, code.detail()))
            .orElseGet(
                () ->
                    Problem.on(
                        response, request, response.status(), code, code.detail(), List.of()));
    return (MutableHttpResponse<Object>) written;
  }
}
