package dev.codingplans.plugin.http.problem;

import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.http.server.exceptions.UnsatisfiedRouteHandler;
import io.micronaut.web.router.exceptions.UnsatisfiedRouteException;
import jakarta.inject.Singleton;

/** Answers a request without its body or a parameter. */
@Singleton
@Replaces(UnsatisfiedRouteHandler.class)
class MissingPartHandler
    implements ExceptionHandler<UnsatisfiedRouteException, HttpResponse<Problem>> {

  @Override
  @SuppressWarnings("rawtypes") // As the interface has it.
  public HttpResponse<Problem> handle(HttpRequest request, UnsatisfiedRouteException exception) {
    var argument = exception.getArgument();
    var field =
        argument.getAnnotationMetadata().hasAnnotation(Body.class) ? "body" : argument.getName();
    return Problem.answer(request, Refusal.invalid(field, "it is missing"));
  }
}
