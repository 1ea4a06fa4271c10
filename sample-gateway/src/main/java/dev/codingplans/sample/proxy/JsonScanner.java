package dev.codingplans.sample.proxy;

import com.fasterxml.jackson.core.JsonFactory;
import dev.codingplans.sample.proxy.RequestBody.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Walks over JSON (RFC 8259) without making anything of it: it refuses what is not well-formed, and
 * tells where values stand. A chat is read whole at every turn, and nearly all of it is text that
 * concerns nobody here.
 */
final class JsonScanner {

  /** As deep as Jackson goes; nobody's chat comes near. */
  private static final int MAX_DEPTH = 1_000;

  private static final JsonFactory JSON = new JsonFactory();

  private final byte[] json;
  private final JsonStrings strings;
  private int at;
  private int depth;

  JsonScanner(byte[] json) {
    this.json = json;
    this.strings = new JsonStrings(json);
  }

  /**
   * Reads an object.
   *
   * @param fields is told where each name stands; it must consume the value that follows
   */
  void object(Fields fields) {
    consume('{');
    enter();
    if (next() == '}') {
      at++;
    } else {
      do {
        next();
        var name = string();
        next();
        consume(':');
        fields.field(name);
      } while (goesOn('}'));
    }
    depth--;
  }

  /** Consumes white space and returns the byte after it, with which a value begins or ends. */
  int next() {
    while (at < json.length) {
      switch (json[at]) {
        case ' ', '\t', '\n', '\r' -> at++;
        default -> {
          return json[at];
        }
      }
    }
    throw new MalformedException();
  }

  /** Consumes a value of any kind and returns where it stands. */
  Span value() {
    var first = next();
    var start = at;
    switch (first) {
      case '"' -> string();
      case '{' -> object(name -> value());
      case '[' -> array();
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> number();
    }
    return new Span(start, at);
  }

  /** Consumes the end: there must be nothing more. */
  void end() {
    while (at < json.length) {
      switch (json[at++]) {
        case ' ', '\t', '\n', '\r' -> {}
        default -> throw new MalformedException();
      }
    }
  }

  /** Returns what a string says that stands there. */
  String text(Span string) {
    var start = string.start();
    for (int i = start; i < string.end(); i++) {
      if (json[i] == '\\') {
        return unescaped(string);
      }
    }
    return new String(json, start + 1, string.end() - start - 2, StandardCharsets.UTF_8);
  }

  private String unescaped(Span string) {
    try (var parser = JSON.createParser(json, string.start(), string.end() - string.start())) {
      return parser.nextTextValue();
    } catch (IOException e) {
      throw new UncheckedIOException("a string that was checked is none", e);
    }
  }

  private Span string() {
    var start = at;
    at = strings.endOf(start);
    return new Span(start, at);
  }

  private void array() {
    consume('[');
    enter();
    if (next() == ']') {
      at++;
    } else {
      do {
        value();
      } while (goesOn(']'));
    }
    depth--;
  }

  /** Consumes what follows a member: a comma, or the end of all. */
  private boolean goesOn(int end) {
    var found = next();
    at++;
    if (found != ',' && found != end) {
      throw new MalformedException();
    }
    return found == ',';
  }

  private void enter() {
    if (++depth > MAX_DEPTH) {
      throw new MalformedException();
    }
  }

  private void word(String word) {
    for (int i = 0; i < word.length(); i++) {
      consume(word.charAt(i));
    }
  }

  private void number() {
    if (peek() == '-') {
      at++;
    }
    if (peek() == '0') {
      at++;
    } else {
      digits();
    }
    if (peek() == '.') {
      at++;
      digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      digits();
    }
  }

  private void digits() {
    var start = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    if (at == start) {
      throw new MalformedException();
    }
  }

  private void consume(char expected) {
    if (peek() != expected) {
      throw new MalformedException();
    }
    at++;
  }

  /** Returns the next byte; nothing that has a place in JSON if there is none. */
  private int peek() {
    return at < json.length ? json[at] : -1;
  }

  /** Who is told of an object's fields. */
  @FunctionalInterface
  interface Fields {

    void field(Span name);
  }

  /** Thrown at the first byte that does not belong there. */
  static final class MalformedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    MalformedException() {
      super("not well-formed JSON", null, false, false);
    }
  }
}
