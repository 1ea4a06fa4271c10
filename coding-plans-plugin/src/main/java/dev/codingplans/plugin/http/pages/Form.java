package dev.codingplans.plugin.http.pages;

import dev.codingplans.plugin.refusal.Refusal;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What a form sent. Controllers take it as {@code @RequestAttribute(Form.ATTRIBUTE) Form form}.
 *
 * @param fields the values by name
 */
public record Form(Map<String, List<String>> fields) {

  /** The request attribute that holds the form; its CSRF token has been checked by then. */
  public static final String ATTRIBUTE = "form";

  public Form {
    fields = Map.copyOf(fields);
  }

  static Form parse(String body) {
    try {
      return new Form(new QueryStringDecoder("?" + body, true).parameters());
    } catch (IllegalArgumentException e) {
      // Without the cause, whose message has the whole body in it, and with it keys.
      throw Refusal.invalid("body", "it is no form");
    }
  }

  /** Returns a field that must be there and not be blank, stripped. */
  public String text(String name) {
    return find(name).orElseThrow(() -> Refusal.invalid(name, "it must be filled in"));
  }

  /** Returns a field, stripped, unless it is absent or blank. */
  public Optional<String> find(String name) {
    return fields.getOrDefault(name, List.of()).stream()
        .findFirst()
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  public UUID id(String name) {
    try {
      return UUID.fromString(text(name));
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid(name, "it must be a UUID");
    }
  }

  public Instant instant(String name) {
    try {
      return Instant.parse(text(name));
    } catch (DateTimeParseException e) {
      throw Refusal.invalid(name, "it must be an instant");
    }
  }

  /** Tells whether a checkbox is on. */
  public boolean isOn(String name) {
    return find(name).isPresent();
  }

  /** Prints no values: some are keys. */
  @Override
  public String toString() {
    return "form with " + fields.keySet();
  }
}
