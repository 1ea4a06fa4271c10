package dev.codingplans.plugin.http.problem;

import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import java.io.EOFException;

/** Answers a request that broke off within its body: no failure of ours, and nobody reads it. */
@Singleton
class BrokenOffHandler implements ExceptionHandler<EOFException, HttpResponse<Problem>> {

  @Override
  @SuppressWarnings("rawtypes") // As the interface has it.
  public HttpResponse<Problem> handle(HttpRequest request, EOFException failure) {
    return Problem.answer(request, Refusal.invalid("body", "it broke off"));
  }
}
