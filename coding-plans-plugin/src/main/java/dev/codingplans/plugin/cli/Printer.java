package dev.codingplans.plugin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Prints answers: as JSON for programs, a document or an item a line, or as tables for people. */
final class Printer {

  private final Terminal terminal;
  private final boolean json;

  Printer(Terminal terminal, boolean json) {
    this.terminal = terminal;
    this.json = json;
  }

  /** Prints one thing, field by field. */
  void document(JsonNode document) {
    if (json) {
      terminal.out().println(document);
    } else {
      Table.of(document).forEach(terminal.out()::println);
    }
  }

  /** Prints what a list has of one kind of thing. */
  void items(List<Column> columns, List<JsonNode> items) {
    if (json) {
      items.forEach(terminal.out()::println);
    } else {
      Table.of(columns, items).forEach(terminal.out()::println);
    }
  }

  /** Prints as JSON, or else a table that says less. */
  void summary(JsonNode document, List<Column> columns, List<JsonNode> items) {
    if (json) {
      document(document);
    } else if (!items.isEmpty()) {
      items(columns, items);
    }
  }

  /** Says something to the person, beside the result. */
  void note(String sentence) {
    terminal.err().println(sentence);
  }
}
