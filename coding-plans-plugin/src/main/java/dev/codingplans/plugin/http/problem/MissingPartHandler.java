package dev.codingplans.plugin.http.problem;

import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.core.type.Argument;
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
    return Problem.answer(
        request, Refusal.invalid(nameOf(exception.getArgument()), "it is missing"));
  }

  /** What a body is called in the code is none of the client's business. */
  static String nameOf(Argument<?> part) {
    return part.getAnnotationMetadata().hasAnnotation(Body.class) ? "body" : part.getName();
  }
}
