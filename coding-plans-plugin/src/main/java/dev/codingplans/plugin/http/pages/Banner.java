package dev.codingplans.plugin.http.pages;

import io.micronaut.http.HttpRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a page says at its top of the deed that led to it.
 *
 * @param isError whether the deed was refused
 */
public record Banner(boolean isError, String text) {

  static final String ERROR = "error";
  static final String EVENT = "event";

  /** Which field of a form an error is about; some have a text of their own. */
  static final String FIELD = "field";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]{1,64}");

  /** Returns what the address asks for; unknown names say nothing. */
  static Optional<Banner> of(HttpRequest<?> request, Messages messages) {
    return find(request, messages, ERROR).or(() -> find(request, messages, EVENT));
  }

  private static Optional<Banner> find(HttpRequest<?> request, Messages messages, String kind) {
    return parameter(request, kind)
        .flatMap(
            name ->
                parameter(request, FIELD)
                    .flatMap(field -> messages.find(kind + "." + name + "." + field))
                    .or(() -> messages.find(kind + "." + name)))
        .map(text -> new Banner(kind.equals(ERROR), text));
  }

  private static Optional<String> parameter(HttpRequest<?> request, String name) {
    return request.getParameters().getFirst(name).filter(value -> NAME.matcher(value).matches());
  }
}
