package dev.codingplans.plugin.http.problem;

import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.http.server.exceptions.JsonExceptionHandler;
import io.micronaut.json.JsonSyntaxException;
import jakarta.inject.Singleton;

/** Answers a body that is no JSON. */
@Singleton
@Replaces(JsonExceptionHandler.class)
class MalformedJsonHandler implements ExceptionHandler<JsonSyntaxException, HttpResponse<Problem>> {

  @Override
  @SuppressWarnings("rawtypes") // As the interface has it.
  public HttpResponse<Problem> handle(HttpRequest request, JsonSyntaxException exception) {
    return Problem.answer(request, Refusal.invalid("body", "it is no JSON"));
  }
}
