package dev.codingplans.plugin.http.problem;

import dev.codingplans.plugin.refusal.Refusal;
import dev.codingplans.plugin.refusal.Refusal.Violation;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import java.util.Comparator;
import java.util.stream.StreamSupport;

/** Answers fields that break a rule. */
@Singleton
@Replaces(io.micronaut.validation.exceptions.ConstraintExceptionHandler.class)
class InvalidFieldHandler
    implements ExceptionHandler<ConstraintViolationException, HttpResponse<Problem>> {

  @Override
  @SuppressWarnings("rawtypes") // As the interface has it.
  public HttpResponse<Problem> handle(HttpRequest request, ConstraintViolationException exception) {
    return Problem.answer(
        request,
        Refusal.invalid(
            exception.getConstraintViolations().stream()
                .map(violation -> new Violation(field(violation), violation.getMessage()))
                .sorted(Comparator.comparing(Violation::field))
                .toList()));
  }

  /** The path starts with the method and its parameter, which are none of the client's business. */
  private static String field(ConstraintViolation<?> violation) {
    var nodes = StreamSupport.stream(violation.getPropertyPath().spliterator(), false).toList();
    var own = nodes.size() > 2 ? nodes.subList(2, nodes.size()) : nodes.subList(1, nodes.size());
    return own.stream().map(Path.Node::toString).reduce((a, b) -> a + "." + b).orElse("body");
  }
}
