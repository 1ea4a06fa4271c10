package dev.codingplans.plugin.http.problem;

import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/** Answers what a use case refused. */
@Singleton
class RefusalHandler implements ExceptionHandler<Refusal, HttpResponse<Problem>> {

  @Override
  @SuppressWarnings("rawtypes") // As the interface has it.
  public HttpResponse<Problem> handle(HttpRequest request, Refusal refusal) {
    return Problem.answer(request, refusal);
  }
}
