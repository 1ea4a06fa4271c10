package dev.codingplans.plugin.http.problem;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ConversionErrorHandler;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers a body or a parameter of the wrong form. It never quotes what it could not read. */
@Singleton
@Replaces(ConversionErrorHandler.class)
class UnreadableBodyHandler
    implements ExceptionHandler<ConversionErrorException, HttpResponse<Problem>> {

  /** A name that no field of ours could have may be anything, even a key in the wrong place. */
  private static final Pattern QUOTABLE = Pattern.compile("[A-Za-z]\\w{0,39}");

  @Override
  @SuppressWarnings("rawtypes") // As the interface has it.
  public HttpResponse<Problem> handle(HttpRequest request, ConversionErrorException exception) {
    if (exception.getArgument().getType() == UUID.class) {
      // An id that cannot be is the id of nothing.
      return Problem.answer(
          request, Refusal.Code.NOT_FOUND, ProblemStatus.sentenceFor(Refusal.Code.NOT_FOUND));
    }
    return Problem.answer(
        request,
        mapping(exception)
            .map(UnreadableBodyHandler::fieldAtFault)
            .orElseGet(
                () ->
                    Refusal.invalid(
                        MissingPartHandler.nameOf(exception.getArgument()), "it is malformed")));
  }

  private static Optional<JsonMappingException> mapping(Throwable thrown) {
    return Stream.iterate(thrown, t -> t != null, Throwable::getCause)
        .filter(JsonMappingException.class::isInstance)
        .map(JsonMappingException.class::cast)
        .findFirst();
  }

  private static Refusal fieldAtFault(JsonMappingException exception) {
    var field =
        exception.getPath().stream()
            .map(UnreadableBodyHandler::nameOf)
            .collect(Collectors.joining());
    return Refusal.invalid(
        field.isEmpty() ? "body" : field.substring(field.startsWith(".") ? 1 : 0),
        exception instanceof UnrecognizedPropertyException
            ? "there is no such field"
            : "it is missing or of the wrong type");
  }

  private static String nameOf(JsonMappingException.Reference step) {
    if (step.getFieldName() == null) {
      return "[" + step.getIndex() + "]";
    }
    return QUOTABLE.matcher(step.getFieldName()).matches() ? "." + step.getFieldName() : "";
  }
}
