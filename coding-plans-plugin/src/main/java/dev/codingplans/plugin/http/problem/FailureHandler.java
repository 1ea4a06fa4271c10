package dev.codingplans.plugin.http.problem;

import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers everything else: the client learns that it failed, the operator's log why. */
@Singleton
class FailureHandler implements ExceptionHandler<Throwable, HttpResponse<Problem>> {

  private static final Logger LOG = LoggerFactory.getLogger(FailureHandler.class);

  @Override
  @SuppressWarnings("rawtypes") // As the interface has it.
  public HttpResponse<Problem> handle(HttpRequest request, Throwable failure) {
    var code = isOutage(failure) ? Refusal.Code.UNAVAILABLE : Refusal.Code.INTERNAL_ERROR;
    LOG.error(
        "{} {} failed [correlation id {}]",
        request.getMethodName(),
        request.getPath(),
        CorrelationFilter.idOf(request),
        failure);
    return Problem.answer(request, code, ProblemStatus.sentenceFor(code));
  }

  /**
   * SQLSTATE 08: no connection; 53: out of resources; 57: the server is going down; none: the
   * pool's own, which has no connection or a closed one.
   */
  private static boolean isOutage(Throwable failure) {
    return Stream.iterate(failure, t -> t != null, Throwable::getCause)
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast)
        .anyMatch(
            e ->
                e instanceof SQLTransientConnectionException
                    || e.getSQLState() == null
                    || e.getSQLState().matches("(08|53|57).*"));
  }
}
