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
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.util.Comparator;
import java.util.stream.Collectors;
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
    var names = own.stream().map(InvalidFieldHandler::name).collect(Collectors.joining());
    return names.isEmpty() ? "body" : names.substring(names.startsWith(".") ? 1 : 0);
  }

  /** An element of a list has no name but its place in the list. */
  private static String name(Path.Node node) {
    var place = node.getIndex() == null ? "" : "[" + node.getIndex() + "]";
    return node.getKind() == ElementKind.CONTAINER_ELEMENT ? place : place + "." + node.getName();
  }
}
