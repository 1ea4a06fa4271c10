package dev.codingplans.sample.problem;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/** Writes refusals. */
@Singleton
final class ProblemExceptions implements ExceptionHandler<ProblemException, HttpResponse<?>> {

  @Override
  @SuppressWarnings("rawtypes") // As the interface has it.
  public HttpResponse<?> handle(HttpRequest request, ProblemException refused) {
    return Problem.answer(request, refused.code(), refused.detail(), refused.violations());
  }
}
