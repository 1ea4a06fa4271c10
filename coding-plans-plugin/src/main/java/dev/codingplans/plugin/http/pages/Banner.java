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
  private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,64}");

  /** Returns what the address asks for; unknown names say nothing. */
  static Optional<Banner> of(HttpRequest<?> request, Messages messages) {
    return find(request, messages, ERROR).or(() -> find(request, messages, EVENT));
  }

  private static Optional<Banner> find(HttpRequest<?> request, Messages messages, String kind) {
    return request
        .getParameters()
        .getFirst(kind)
        .filter(name -> NAME.matcher(name).matches())
        .flatMap(name -> messages.find(kind + "." + name))
        .map(text -> new Banner(kind.equals(ERROR), text));
  }
}
