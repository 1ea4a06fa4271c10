package dev.codingplans.plugin.http.problem;

import dev.codingplans.plugin.database.SqlState;
import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers everything else: the client learns that it failed, the operator's log why. */
@Singleton
class FailureHandler implements ExceptionHandler<Throwable, HttpResponse<Problem>> {

  private static final Logger LOG = LoggerFactory.getLogger(FailureHandler.class);

  @Override
  @SuppressWarnings("rawtypes") // As the interface has it.
  public HttpResponse<Problem> handle(HttpRequest request, Throwable failure) {
    if (SqlState.isMomentary(failure)) {
      logOutage(request, failure);
      return answer(request, Refusal.Code.UNAVAILABLE);
    }
    LOG.error(
        "{} {} failed [correlation id {}]",
        request.getMethodName(),
        request.getPath(),
        CorrelationFilter.idOf(request),
        failure);
    return answer(request, Refusal.Code.INTERNAL_ERROR);
  }

  /** A line each: an outage fails every request, and all for the same reason. */
  private static void logOutage(HttpRequest<?> request, Throwable failure) {
    LOG.error(
        "{} {} found the database unavailable: {}, SQLSTATE {} [correlation id {}]",
        request.getMethodName(),
        request.getPath(),
        failure.getClass().getSimpleName(),
        SqlState.of(failure).orElse("none"),
        CorrelationFilter.idOf(request));
  }

  private static HttpResponse<Problem> answer(HttpRequest<?> request, Refusal.Code code) {
    return Problem.answer(request, code, ProblemStatus.sentenceFor(code));
  }
}
